import { describe, expect, it } from 'vitest';
import { formValues, readForm } from './form-values.ts';

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://localhost:3000/', { method: 'POST', body, headers });
const refused = expect.objectContaining({ status: 400, body: expect.objectContaining({ code: 'invalid_body' }) });

describe('the values of a form', () => {
  it('are the texts of the fields that the form has', async () => {
    const body = new URLSearchParams({ name: 'Anneke', extra: 'x' });
    expect(await formValues(post(body), ['name', 'email'])).toEqual({ name: 'Anneke' });
  });

  it('hold no file and no field with a name of the language itself', async () => {
    const body = new FormData();
    body.set('name', new File(['x'], 'x.txt'));
    body.set('email', 'a@b.example');
    body.set('__proto__', 'x');
    const values = await formValues(post(body), ['name', 'email']);
    expect(values).toEqual({ email: 'a@b.example' });
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it.each([
    ['plain text', post('name=Anneke', { 'content-type': 'text/plain' })],
    ['broken multipart', post('--a\r\nnothing', { 'content-type': 'multipart/form-data; boundary=a' })],
    ['multipart without a boundary', post('x', { 'content-type': 'multipart/form-data' })],
  ])('are refused when the body is %s', async (_, request) => {
    await expect(readForm(request)).rejects.toEqual(refused);
  });

  it.each([
    ['one field', new URLSearchParams({ name: 'x'.repeat(70_000) })],
    ['many fields', new URLSearchParams(Array.from({ length: 20_000 }, (_, index) => ['a', String(index)]))],
  ])('are refused as too large where %s make it so', async (_, body) => {
    await expect(formValues(post(body), ['name'])).rejects.toMatchObject({ status: 413 });
  });

  it.each(['application/x-www-form-urlencoded', ' Application/X-WWW-Form-URLencoded;charset=utf-8'])(
    'are refused where there are more than any form has, as %s',
    async (type) => {
      const fields = (count: number) => post('&'.repeat(count), { 'content-type': type });
      await expect(readForm(fields(5_000))).rejects.toMatchObject({ status: 413 });
      expect(await formValues(fields(4_999), ['name'])).toEqual({});
    },
  );

  it('may hold the sign between fields as often as they like, in parts', async () => {
    const body = new FormData();
    body.set('text', '&'.repeat(10_000));
    expect((await readForm(post(body))).get('text')).toHaveLength(10_000);
  });

  describe('in parts', () => {
    const parts = (count: number, boundary: string) => {
      const part = `--${boundary}\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n\r\n`;
      return `${part.repeat(count)}--${boundary}--\r\n`;
    };
    /** A body that comes in pieces of seven bytes, so that every boundary is cut. */
    const inPieces = (text: string, type: string) => {
      const bytes = Buffer.from(text);
      let at = 0;
      const body = new ReadableStream({
        pull(controller) {
          if (at >= bytes.length) return controller.close();
          controller.enqueue(new Uint8Array(bytes.subarray(at, at + 7)));
          at += 7;
        },
      });
      const init: RequestInit & { duplex: 'half' } = {
        ...{ method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' },
      };
      return new Request('http://localhost:3000/', init);
    };
    const boundary = '----formdata-of-a-browser-012345';

    it.each([
      ['as a browser says it', `multipart/form-data; boundary=${boundary}`, boundary],
      ['in quotes', `multipart/form-data; charset=utf-8; boundary="${boundary}"`, boundary],
      ['of one sign', `multipart/form-data; boundary=${'-'.repeat(40)}`, '-'.repeat(40)],
    ])('they are counted by their boundary, %s', async (_, type, mark) => {
      expect((await readForm(inPieces(parts(50, mark), type), 10_000_000, 50)).getAll('a')).toHaveLength(50);
      await expect(readForm(inPieces(parts(51, mark), type), 10_000_000, 50)).rejects.toMatchObject({ status: 413 });
    });

    it.each([
      ['with a sign that hides another', `multipart/form-data; boundary="\\${boundary}"`],
      ['after another type', `application/x-www-form-urlencoded; a=b, multipart/form-data; boundary=${boundary}`],
    ])('they are not read by a boundary that was not counted, %s', async (_, type) => {
      const many = post(parts(51, boundary), { 'content-type': type });
      const read = await readForm(many, 10_000_000, 50).catch(() => null);
      expect(read?.getAll('a') ?? []).toEqual([]);
    });
  });

  it('may be larger where a page says so', async () => {
    const body = new URLSearchParams({ text: 'x'.repeat(70_000) });
    expect((await readForm(post(body), 100_000)).get('text')).toHaveLength(70_000);
    await expect(readForm(post(body), 69_000)).rejects.toMatchObject({ status: 413 });
  });

  it('leave it to the framework to say that a body is too large', async () => {
    const tooLarge = Object.assign(new Error('Payload Too Large'), { status: 413 });
    const body = new ReadableStream({ start: (controller) => controller.error(tooLarge) });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
    const request = new Request('http://localhost:3000/', init);
    await expect(readForm(request)).rejects.toBe(tooLarge);
  });
});
