import { describe, expect, it } from 'vitest';
import type { GapFigure, GapRow } from '#lib/charts/figure.ts';
import { EVERYTHING, readChoice, searchOf } from './choice.ts';
import type { Choice } from './choice.ts';
import { chooseRows } from './choose-rows.ts';

const row = (code: string, reading: GapRow['reading'], aspectClass: GapRow['class']): GapRow => ({
  ...{ code, statement: code, marks: [], band: null, reading, readingWord: '', class: aspectClass, classWord: '' },
});
const figure = (code: string, ...rows: GapRow[]): GapFigure => ({
  ...{ name: `gaps-${code}`, code, title: code, caption: '', scale: { min: 1, max: 5, labels: [] } },
  ...{ views: [], rows, notes: [] },
});
/** Largest difference first: a3, a1, a2 and b1. */
const figures = [
  figure(
    'A',
    row('a3', 'seen_differently', 'contested'),
    row('a1', 'check_meaning', 'contested'),
    row('a2', 'shared_view', 'in_agreement'),
  ),
  figure('B', row('b1', 'seen_differently', 'blind_spot')),
];
const clusters = ['c1', 'c2'].map((key) => ({ key, title: key, competency: 'A' }));
const about = Object.fromEntries(
  ['a1', 'a2', 'a3', 'b1'].map((code, order) => [
    code,
    { cluster: order < 2 ? 'c1' : 'c2', order, explain: null, why: '' },
  ]),
);
const choose = (choice: Partial<Choice>) => chooseRows(figures, about, clusters, { ...EVERYTHING, ...choice });
const codesOf = (choice: Partial<Choice>) => choose(choice).figures.flatMap(({ rows }) => rows.map(({ code }) => code));

describe('the rows of the gap charts', () => {
  it('are all there without a choice, the largest difference first', () => {
    expect(codesOf({})).toEqual(['a3', 'a1', 'a2', 'b1']);
    expect(choose({})).toMatchObject({ shown: 4, total: 4 });
  });

  it.each([
    [{ reading: 'differ' }, ['a3', 'b1']],
    [{ class: 'others-differ' }, ['a3', 'a1']],
    [{ cluster: 'c1' }, ['a1', 'a2']],
    [{ reading: 'differ', class: 'others-differ', cluster: 'c2' }, ['a3']],
    [{ reading: 'unseen' }, []],
  ] as [Partial<Choice>, string[]][])('filtered by %o', (choice, codes) => {
    expect(codesOf(choice)).toEqual(codes);
  });

  it.each([
    ['list', ['a1', 'a2', 'a3', 'b1']],
    ['reading', ['a1', 'a3', 'a2', 'b1']],
  ] as const)('sorted by %s, within a competency', (sort, codes) => {
    expect(codesOf({ sort })).toEqual(codes);
  });

  it('leave out a competency that has none left', () => {
    expect(choose({ class: 'self-higher' }).figures.map(({ code }) => code)).toEqual(['B']);
  });

  it('a cluster that the list does not have chooses nothing', () => {
    expect(choose({ cluster: 'c9' })).toMatchObject({ shown: 4 });
  });
});

describe('the count beside a choice', () => {
  it('is what that choice would leave, the other choices being as they are', () => {
    const chosen = choose({ reading: 'differ', cluster: 'c2' });
    const counts = (of: { word: string; count: number }[]) => of.filter(({ count }) => count > 0);
    expect(counts(chosen.readings)).toEqual([{ word: 'differ', count: 2 }]);
    expect(counts(chosen.classes)).toEqual([
      { word: 'self-higher', count: 1 },
      { word: 'others-differ', count: 1 },
    ]);
    expect(counts(chosen.clusters)).toEqual([{ word: 'c2', count: 2 }]);
    expect(chosen.all).toEqual({ reading: 2, class: 2, cluster: 2 });
  });
});

describe('a choice in the address', () => {
  it('is read back as it was written, and says nothing that needs no saying', () => {
    const chosen: Choice = {
      reading: 'meaning',
      class: 'growth',
      cluster: 'c 1',
      sort: 'list',
      level: 'without',
      show: 'all',
    };
    expect(readChoice(new URLSearchParams(searchOf(chosen)))).toEqual(chosen);
    expect(searchOf(EVERYTHING)).toBe('');
    expect(searchOf({ ...EVERYTHING, reading: 'few' })).toBe('?reading=few');
  });

  it.each(['reading=blind_spot', 'reading=', 'class=%00&sort=worst', `cluster=${'x'.repeat(101)}`, 'level=1', 'x=y'])(
    'that is not known chooses nothing: %s',
    (query) => {
      expect(readChoice(new URLSearchParams(query))).toEqual(EVERYTHING);
    },
  );
});
