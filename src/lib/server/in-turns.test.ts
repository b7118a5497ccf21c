import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { wholeOf, writeInTurns } from './in-turns.ts';

const never = (cause: unknown) => {
  throw cause;
};
const later = ['a', () => ['b', async () => ['c', () => 'd'.split('')]], 'e', () => ['f'], 'g'];

describe('a page in parts', () => {
  it('is its texts in order, those in parts of parts too', async () => {
    expect(await wholeOf(later)).toBe('abcdefg');
    const out = new PassThrough();
    void writeInTurns(out, later, never);
    expect(await text(out)).toBe('abcdefg');
  });

  it('is written as far as a part that is to be made before that is made', async () => {
    const events: string[] = [];
    const out = new Writable({
      decodeStrings: false,
      write(written: string, _, taken) {
        events.push(`wrote ${written}`);
        taken();
      },
    });
    const made = (part: string) => () => {
      events.push(`made ${part}`);
      return [part];
    };
    await writeInTurns(out, ['a', 'b', made('c'), 'd', made('e')], never);
    expect(events).toEqual(['wrote ab', 'made c', 'wrote cd', 'made e', 'wrote e']);
  });

  it('ends in words where a part cannot be made, without what follows', async () => {
    const out = new PassThrough();
    const broken = new Error('broken');
    const seen: unknown[] = [];
    const fault = (cause: unknown) => {
      seen.push(cause);
      return '<p>Mis.</p>';
    };
    void writeInTurns(out, ['a', () => ['b', () => Promise.reject(broken)], 'c'], fault);
    expect(await text(out)).toBe('ab<p>Mis.</p>');
    expect(seen).toEqual([broken]);
  });

  it('is made no further for somebody who has left', async () => {
    const out = new PassThrough();
    const made: string[] = [];
    const part = (name: string) => () => {
      made.push(name);
      if (name === 'b') out.destroy();
      return [name];
    };
    await writeInTurns(out, ['a', part('b'), 'c', part('d')], never);
    expect(made).toEqual(['b']);
  });

  it('ends for somebody who leaves while it waits to be taken', async () => {
    const made: string[] = [];
    const out = new Writable({ write: () => undefined }); // takes nothing
    const written = writeInTurns(out, ['a', () => [made.push('b').toString()]], never);
    out.destroy();
    await written;
    expect(made).toEqual([]);
  });

  it('breaks off where not even the words can be found', async () => {
    const out = new PassThrough();
    void writeInTurns(out, ['a', () => Promise.reject(new Error('broken'))], never);
    await expect(text(out)).rejects.toThrow('broken');
  });
});
