import { expect, it } from 'vitest';
import { ClaimWatch } from './claims.ts';

let elapsed = 0;
const watch = () => new ClaimWatch(1000, () => elapsed);

it('what nobody claims is free at once', () => {
  expect(watch().isFree('mail', null)).toBe(true);
});

it('a claim lapses once it has stood unchanged for its time, and not because of what it says', () => {
  const claims = watch();
  const longAgo = '1999-01-01T00:00:00.000Z';
  expect(claims.isFree('mail', longAgo)).toBe(false);
  elapsed += 999;
  expect(claims.isFree('mail', longAgo)).toBe(false);
  elapsed += 1;
  expect(claims.isFree('mail', longAgo)).toBe(true);
});

it('a claim that is kept up never lapses', () => {
  const claims = watch();
  for (let beat = 0; beat < 5; beat++) {
    expect(claims.isFree('mail', `beat ${beat}`)).toBe(false);
    elapsed += 999;
  }
  expect(claims.isFree('mail', null)).toBe(true);
  expect(claims.isFree('mail', 'beat 4')).toBe(false);
});
