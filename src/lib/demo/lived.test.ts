import { expect, it } from 'vitest';
import { HANDED_IN } from './lived-data.ts';
import { handedInBy } from './lived.ts';

it('feedback that was invented is on the work that was invented with it', () => {
  const feedbackOn = new Map(HANDED_IN.map(({ text, feedback }) => [text, feedback]));
  const all = Array.from({ length: 60 }, (_, index) =>
    handedInBy(180, `somebody ${index}`, { isLatest: false, isFirst: true }),
  );
  expect(new Set(all.map((one) => one?.text)).size).toBe(HANDED_IN.length);
  for (const one of all) expect(one?.feedback).toBe(feedbackOn.get(one?.text ?? ''));
});
