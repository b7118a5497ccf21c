import { describe, expect, test } from 'vitest';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { compressed } from './compressed.ts';

const page = (body: string, type = 'text/html') =>
  new Response(body, { status: 404, headers: { 'content-type': type, 'x-kept': 'yes', vary: 'Cookie' } });
const kind = {
  fault: (cause: unknown) => {
    throw cause;
  },
};
const textOf = async (response: Response) => {
  const decompress = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };
  const encoding = response.headers.get('content-encoding') as keyof typeof decompress | null;
  const body = await response.arrayBuffer();
  return (encoding === null ? Buffer.from(body) : decompress[encoding](body)).toString();
};

describe('a page is compressed whole', () => {
  const [small, large] = ['Zeg het eens. '.repeat(100), 'Zeg het eens. '.repeat(20_000)];

  test.each([
    ['small', 'br', 'gzip, deflate, br', small],
    ['large', 'br', 'gzip, deflate, br', large],
    ['small', 'zstd', 'gzip, deflate, br, zstd', small],
    ['large', 'zstd', 'zstd,br', large],
    ['small', 'br', 'br, zstd;q=0', small],
    ['large', 'gzip', 'gzip, deflate', large],
  ])('%s, %s for %s: the same text, status and headers in fewer bytes', async (_, encoding, asked, text) => {
    const response = await compressed(page(text), null, asked, kind);
    expect(response.status).toBe(404);
    const length = Number(response.headers.get('content-length'));
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(text.length / 10);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-encoding': encoding,
      'x-kept': 'yes',
      vary: 'Cookie, Accept-Encoding',
    });
    expect(await textOf(response)).toBe(text);
  });

  test.each(['br', 'zstd', 'gzip'])('%s: smaller where that counts for more than sooner', async (asked) => {
    const words = Array.from({ length: 5000 }, (_, index) => `${index * 7919} leerkrachten van school ${index % 97}`);
    const [quick, tight] = await Promise.all(
      [false, true].map((isTight) => compressed(page(words.join(' ')), null, asked, { ...kind, isTight })),
    );
    const lengthOf = (response?: Response) => Number(response?.headers.get('content-length'));
    expect(lengthOf(tight)).toBeLessThan(lengthOf(quick));
  });

  test.each([null, 'deflate', 'x-br', 'br;q=0'])('not for a browser that does not ask for it: %s', async (asked) => {
    const response = page('Zeg het eens.');
    expect(await compressed(response, null, asked, kind)).toBe(response);
  });

  test('nor anything but a page, unless it is the data of one', async () => {
    const response = page('{}', 'application/json');
    expect(await compressed(response, null, 'br', kind)).toBe(response);
    const data = await compressed(page('{"data":1}', 'application/json'), null, 'br', { ...kind, isData: true });
    expect(await textOf(data)).toBe('{"data":1}');
    const empty = new Response(null, { status: 204 });
    expect(await compressed(empty, null, 'br', { ...kind, isData: true })).toBe(empty);
  });

  test.each([null, 'br', 'zstd'])('from the text beside a response without one, for %s', async (asked) => {
    const response = await compressed(page(''), [small.slice(0, 7), small.slice(7)], asked, kind);
    expect(asked === null ? await response.text() : await textOf(response)).toBe(small);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-kept')).toBe('yes');
  });
});

describe('a page of which a part is made later', () => {
  const [begin, rest] = ['Zeg het eens. '.repeat(100), 'En nog eens. '.repeat(100)];

  test.each([
    ['zstd', 'gzip, deflate, br, zstd'],
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip, deflate'],
    [null, null],
  ])('is a stream, as %s for %s', async (encoding, asked) => {
    const response = await compressed(page(''), [begin, () => [rest]], asked, kind);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('vary')).toBe(encoding === null ? 'Cookie' : 'Cookie, Accept-Encoding');
    expect(await textOf(response)).toBe(begin + rest);
  });

  test.each(['zstd', 'br', 'gzip'])('goes out as far as that part first: %s', async (asked) => {
    let isMade = false;
    const make = () => {
      isMade = true;
      return [rest];
    };
    const { body } = await compressed(page(''), [begin, make], asked, kind);
    const reader = body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(value?.length).toBeGreaterThan(20);
    expect(isMade).toBe(false);
    await expect.poll(() => isMade).toBe(true);
    await reader?.cancel();
  });
});
