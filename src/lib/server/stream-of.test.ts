import { describe, expect, it } from 'vitest';
import { streamOf } from './stream-of.ts';

describe('a body that is made piece by piece', () => {
  it('is all of the pieces, texts and bytes', async () => {
    async function* pieces() {
      yield await Promise.resolve('één ');
      yield new TextEncoder().encode('twee');
    }
    expect(await new Response(streamOf(pieces())).text()).toBe('één twee');
  });

  it('is made no further than it is read, and its maker hears when nobody wants the rest', async () => {
    let [made, ended] = [0, false];
    async function* pieces() {
      try {
        for (;;) yield await Promise.resolve(`${(made += 1)}\n`);
      } finally {
        ended = true;
      }
    }
    const reader = streamOf(pieces()).getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
    expect(ended).toBe(true);
    expect(made).toBeLessThanOrEqual(4);
  });

  it('lets other work in between, also when it is read as fast as it can be', async () => {
    async function* pieces() {
      for (let piece = 0; piece < 50; piece += 1) yield await Promise.resolve('x');
    }
    const order: string[] = [];
    const other = setImmediate(() => order.push('a save'));
    await new Response(streamOf(pieces())).text();
    order.push('the file');
    clearImmediate(other);
    expect(order).toEqual(['a save', 'the file']);
  });

  it('breaks off when a piece cannot be made, so that half of it passes for nothing', async () => {
    async function* pieces() {
      yield await Promise.resolve('half');
      throw new Error('opened again meanwhile');
    }
    await expect(new Response(streamOf(pieces())).text()).rejects.toThrow('opened again meanwhile');
  });
});
