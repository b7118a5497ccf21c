import { expect, it } from 'vitest';
import { Room } from './room.ts';

it('holds so many bytes; who does not fit waits in turn, and the rest is refused; what breaks gives its room back', async () => {
  const room = new Room({ bytes: 10, waiting: 2 }, 'files_busy');
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const take = (name: string, bytes: number) =>
    room.take(bytes, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      if (name === 'first') throw new Error('broken');
      return name;
    });
  const [first, second] = [take('first', 6), take('second', 4)];
  const third = take('third', 7);
  // Two bytes would fit sooner, but whoever came before is not passed by.
  const fourth = take('fourth', 2);
  await expect(take('fifth', 1)).rejects.toMatchObject({ code: 'files_busy' });
  ends.get('first')?.();
  await expect(first).rejects.toThrow('broken');
  expect(begun).toEqual(['first', 'second']);
  ends.get('second')?.();
  expect(await second).toBe('second');
  await expect.poll(() => begun).toEqual(['first', 'second', 'third', 'fourth']);
  for (const name of ['third', 'fourth']) ends.get(name)?.();
  expect(await Promise.all([third, fourth])).toEqual(['third', 'fourth']);
});

it('nobody waits longer than that: whoever is refused stands in the way of no other, and takes no room', async () => {
  const room = new Room({ bytes: 10, waiting: 2, patienceMs: 30 }, 'files_busy');
  let end = () => undefined as void;
  const first = room.take(6, () => new Promise<void>((resolve) => (end = resolve)));
  const large = room.take(7, async () => 'large');
  const small = room.take(4, async () => 'small');
  await expect(large).rejects.toMatchObject({ code: 'files_busy' });
  expect(await small).toBe('small');
  end();
  await first;
  expect(await room.take(10, async () => 'whole')).toBe('whole');
});
