import { describe, expect, it } from 'vitest';
import { pairedSummaries } from '#lib/analysis/paired-change.ts';
import { ambitionsOverRounds, type Ambition, type LookedRound } from './ambition-figures.ts';
import type { AmbitionSum } from './ambition-sums.ts';
import type { ChangeFigure } from './change-figures.ts';
import { distancesOverRounds, type Looked } from './course-figures.ts';
import type { RoundChange } from './round-change.ts';
import type { RoundSums, SummedUnit } from './round-sums.ts';

/** Ten schools that began; `ibOf` says who the IB'er of each is. */
function startOf(ibOf: (index: number) => number): SummedUnit[] {
  return Array.from({ length: 10 }, (_, index) => ({
    ...{ schoolRoundId: `start ${index}`, school: `school ${index}` },
    ...{ ib: ibOf(index), director: 100 + index },
  }));
}

const EACH_OWN = startOf((index) => index);
/** The last five have one IB'er. */
const SHARED = startOf((index) => Math.min(index, 5));

const places = (count: number) => Array.from({ length: count }, (_, index) => index);
const sumsOf = (count: number) =>
  pairedSummaries(
    places(count).map((index) => 2 + (index % 2)),
    places(count).map((index) => 3 + (index % 3)),
  );

/** The first schools of the start, in a later round. */
function changeOf(count: number, over: Partial<RoundChange> = {}): RoundChange {
  const units = places(count).map((index) => ({
    ...{ from: `start ${index}`, to: `later ${index}`, school: `school ${index}` },
  }));
  return { units, views: [], aspects: [], apart: [], ...over };
}

const STEERING = { seesSchools: false, operator: false, totalsOnly: true };

describe('the start of a distance, beside that over five schools more', () => {
  const startsOf = (units: SummedUnit[], ownSchools = 0) => {
    const rounds = [5, 10].map((count): Looked => {
      const distances = [{ pair: 'ib_teacher' as const, sums: sumsOf(count), schools: 7, of: places(count) }];
      const viewer = { ...STEERING, ownSchools };
      return { stored: changeOf(count, { distances }), start: { units }, gone: new Map(), viewer };
    });
    return distancesOverRounds(rounds).map((figures) => figures.find(({ pair }) => pair === 'ib_teacher'));
  };

  it('is told where those are of five IB’ers', () => {
    expect(startsOf(EACH_OWN)[1]).toMatchObject({ from: expect.any(Number) });
  });

  it('is withheld where they are of one, or the viewer knows one of them', () => {
    for (const [first, second] of [startsOf(SHARED), startsOf(EACH_OWN, 1)]) {
      expect(first).toMatchObject({ from: expect.any(Number) });
      expect(second).toMatchObject({ from: null, change: expect.any(Number), withheldStart: 'hidden_cells' });
    }
  });
});

describe('an ambition beside a competency', () => {
  const codes = (count: number, letter: string) => places(count).map((index) => `${letter}${index + 1}`);
  const alike = codes(6, 'a');

  /** A competency of the six aspects that were asked alike, over ten schools; the ambition is over the first `count` of them. */
  function reasonOf(aspects: string[], count: number, units: SummedUnit[]) {
    const ambition: Ambition = { id: 'one', title: 'One', listKey: 'list', aspects };
    const bands = { clearly_higher: 0, no_clear_change: count, clearly_lower: 0 };
    const own = { view: 'ib' as const, sums: sumsOf(count), schools: 7, of: places(count), bands };
    const asked = aspects.filter((code) => alike.includes(code)).length;
    const sum: AmbitionSum = { listKey: 'list', aspects, asked, views: [own], distances: [] };
    const whole = { ...own, competency: 'C1', of: places(10), sums: sumsOf(10), dropped: {} };
    const none = { director: null, ib: null, teacher: null };
    const stored = changeOf(10, {
      ...{ views: [whole], ambitions: [sum] },
      aspects: alike.map((code) => ({ code, competency: 'C1', views: none })),
    });
    const figure: ChangeFigure = {
      ...{ view: 'ib', competency: 'C1', n: 10, schools: 10, status: 'ok', change: 1, low: 0, high: 2, gAv: 1 },
      ...{ before: 2, after: 3, detectable: null, dropped: {}, earlier: null },
    };
    const sums: RoundSums = { units, schools: 10, views: [], gaps: [], aspects: [] };
    const round: LookedRound = {
      ...{ from: 'T0', to: 'T1', stored, start: sums, both: { from: sums, to: sums }, gone: new Map() },
      ...{ viewer: STEERING, shown: { changes: [figure], distances: [] }, roles: new Set(['ib'] as const) },
    };
    return ambitionsOverRounds([ambition], [round])[0]?.[0]?.changes.find(({ view }) => view === 'ib')?.reason;
  }

  it('is told over five schools fewer, and withheld where those are of one IB’er', () => {
    expect(reasonOf(alike, 5, EACH_OWN)).toBeUndefined();
    expect(reasonOf(alike, 5, SHARED)).toBe('hidden_cells');
  });

  it('shares what both rounds asked alike: aspects in other words do not make it another thing', () => {
    const [shared, others] = [alike.slice(0, 5), codes(6, 'x')];
    expect(reasonOf([...alike.slice(0, 2), ...others], 9, EACH_OWN)).toBeUndefined();
    expect(reasonOf([...shared, ...others], 9, EACH_OWN)).toBe('hidden_cells');
  });
});
