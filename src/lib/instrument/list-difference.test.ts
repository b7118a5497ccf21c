import { expect, it } from 'vitest';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { listDifference } from './list-difference.ts';

it('counts what is the same, and names what was reworded, added and dropped in the words of its own list', () => {
  const before = shippedInstrument();
  const after = structuredClone(before);
  const cluster = after.competencies[0]?.clusters[0];
  const [first, second] = cluster?.aspects ?? [];
  if (!cluster || !first || !second) throw new Error('the shipped list is too short');
  const gone = structuredClone(second);
  first.other = { nl: 'Anders gevraagd.', en: 'Asked differently.' };
  second.code = 'C1.99';
  expect(listDifference(before, after)).toEqual({
    sameScale: true,
    same: 91,
    reworded: [{ code: first.code, asks: first.other }],
    added: [{ code: 'C1.99', asks: second.other }],
    dropped: [{ code: gone.code, asks: gone.other }],
  });
  expect(listDifference(before, before)).toMatchObject({ same: 93, reworded: [], added: [], dropped: [] });
});
