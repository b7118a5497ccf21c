import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('lets two at a time, one wait, and refuses who comes after; a place that breaks is free again', async () => {
  const turns = new Turns({ atOnce: 2, waiting: 1 }, 'files_busy');
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const take = (name: string) =>
    turns.take(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (name === 'first') throw new Error('broken');
      return name;
    });
  const [first, second, third] = [take('first'), take('second'), take('third')];
  await expect(take('fourth')).rejects.toMatchObject({ code: 'files_busy' });
  expect(begun).toEqual(['first', 'second']);
  ends[0]?.();
  await expect(first).rejects.toThrow('broken');
  ends[1]?.();
  expect(await second).toBe('second');
  expect(begun).toEqual(['first', 'second', 'third']);
  ends[2]?.();
  expect(await third).toBe('third');
  const again = take('again');
  ends[3]?.();
  expect(await again).toBe('again');
});
