import { describe, expect, test } from 'vitest';
import { STANDARD_ROLES, STANDARD_SCALE } from './defaults.ts';
import { inCommon, isSameAspect } from './same-aspect.ts';
import type { Aspect, Instrument } from './schema.ts';

const asks: Aspect = {
  code: 'A.1',
  other: { nl: 'De IB’er vraagt door.', en: 'The IB’er asks on.' },
  self: { nl: 'Ik vraag door.', en: 'I ask on.' },
};

function list(aspects: Aspect[], changes: Partial<Instrument> = {}): Instrument {
  const title = { nl: 'Lijst', en: 'List' };
  return {
    key: 'own',
    version: '1',
    title,
    scale: STANDARD_SCALE,
    roles: STANDARD_ROLES,
    competencies: [{ key: 'a', code: 'A', title, clusters: [{ key: 'a1', title, aspects }] }],
    ...changes,
  };
}

describe('an aspect stays the same', () => {
  test('with the same words, whoever is taken to see it', () => {
    expect(isSameAspect(asks, { ...asks, observableBy: ['ib'] })).toBe(true);
  });

  test('where only spaces or the form of an apostrophe changed', () => {
    expect(isSameAspect(asks, { ...asks, other: { ...asks.other, nl: " De IB'er  vraagt door. " } })).toBe(true);
  });

  test('where a translation came or went', () => {
    const untranslated = { ...asks, self: { nl: asks.self.nl, en: asks.self.nl } };
    expect(isSameAspect(untranslated, asks)).toBe(true);
    expect(isSameAspect(asks, untranslated)).toBe(true);
  });
});

describe('an aspect is another one', () => {
  const another: [string, Partial<Aspect>][] = [
    ['under another code', { code: 'A.2' }],
    ['with another statement for others', { other: { ...asks.other, nl: 'De IB’er vraagt altijd door.' } }],
    ['with another statement for oneself', { self: { ...asks.self, nl: 'Ik vraag altijd door.' } }],
    ['with another translation', { self: { ...asks.self, en: 'I keep asking.' } }],
    ['with an explanation that there was not', { explain: { nl: 'Tot het helder is.', en: 'Until it is clear.' } }],
  ];

  test.each(another)('%s', (_, change) => {
    expect(isSameAspect(asks, { ...asks, ...change })).toBe(false);
    expect(isSameAspect({ ...asks, ...change }, asks)).toBe(false);
  });
});

describe('what two lists have in common', () => {
  const listens = { ...asks, code: 'A.2' };
  const sums = { ...asks, code: 'A.3' };

  test('is the aspects with the same words; reworded, dropped and added ones are named apart', () => {
    const reworded = { ...listens, self: { nl: 'Ik luister.', en: 'I listen.' } };
    const added = { ...asks, code: 'A.4' };
    expect(inCommon(list([asks, listens, sums]), list([added, reworded, asks]))).toEqual({
      sameScale: true,
      same: ['A.1'],
      reworded: ['A.2'],
      dropped: ['A.3'],
      added: ['A.4'],
    });
  });

  test('counts an aspect that moved to another competency', () => {
    const title = { nl: 'Andere', en: 'Other' };
    const moved = list([listens]).competencies.concat({
      key: 'b',
      code: 'B',
      title,
      clusters: [{ key: 'b1', title, aspects: [asks] }],
    });
    expect(inCommon(list([asks, listens]), list([], { competencies: moved })).same).toEqual(['A.1', 'A.2']);
  });

  test('is nothing where the words of the scale differ', () => {
    const labels = STANDARD_SCALE.labels.map((label) => (label.value === 4 ? { ...label, nl: 'vaak' } : label));
    const other = list([asks], { scale: { ...STANDARD_SCALE, labels } });
    expect(inCommon(list([asks]), other)).toMatchObject({ sameScale: false, same: [], reworded: [] });
  });
});
