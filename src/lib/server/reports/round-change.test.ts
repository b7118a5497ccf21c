import { describe, expect, it } from 'vitest';
import { shownChange } from './change-figures.ts';
import { schoolFigures } from './figures.ts';
import { roundChange, type SeriesUnit } from './round-change.ts';
import { roundSums } from './round-sums.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';

const outline = outlineOf(6);
const ALL = new Set(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
const VIEWER = { seesSchools: false, operator: false };

function unit(index: number, score: number, over: Partial<SeriesUnit> = {}): SeriesUnit {
  const form = [score, score, score, score, score, score];
  const ratings = [...answers('director', 1, ...form), ...answers('ib', 2, ...form)];
  return {
    series: `series ${index}`,
    schoolRoundId: `${score} of ${index}`,
    school: `school ${index}`,
    ratee: `ib ${index}`,
    director: `director ${index}`,
    left: false,
    figures: schoolFigures(takeSnapshot(roundOf(outline, ratings)), outline),
    ...over,
  };
}

const rounds = (count: number, score: number) => Array.from({ length: count }, (_, index) => unit(index, score));
const row = (change: ReturnType<typeof roundChange>, view: 'director' | 'ib' | 'teacher') =>
  change.views.find((one) => one.view === view);

describe('the change of a cohort', () => {
  it('is over the series of both rounds, each school once', () => {
    const change = roundChange(rounds(6, 3), [...rounds(5, 4), unit(9, 1)], ALL);
    expect(row(change, 'ib')).toMatchObject({
      ...{ sums: { change: { n: 5, mean: 1 } }, schools: 5 },
      ...{ dropped: { not_in_later: 1, not_in_earlier: 1 } },
    });
  });

  it('counts a replaced IB’er once, who stopped as stopped, another director for that view only', () => {
    const later = rounds(6, 4);
    later[0] = unit(0, 4, { series: 'series of the new one', ratee: 'another' });
    later[1] = unit(1, 4, { director: 'another' });
    later.splice(5, 1);
    const earlier = rounds(6, 3);
    earlier[5] = unit(5, 3, { left: true });
    const change = roundChange(earlier, later, ALL);
    expect(row(change, 'ib')?.dropped).toEqual({ ratee_changed: 1, left: 1 });
    expect(row(change, 'director')?.dropped).toEqual({ ratee_changed: 1, left: 1, director_changed: 1 });
    expect(row(change, 'teacher')?.dropped).toEqual({ ratee_changed: 1, left: 1, not_judged: 4 });
  });

  it('says that a score is missing, and not that the director changed, where nobody directed', () => {
    const later = rounds(6, 4);
    const form = answers('ib', 2, 4, 4, 4, 4, 4, 4);
    const figures = schoolFigures(takeSnapshot(roundOf(outline, form)), outline);
    later[0] = unit(0, 4, { director: null, figures });
    expect(row(roundChange(rounds(6, 3), later, ALL), 'director')?.dropped).toEqual({ not_judged: 1 });
  });

  it('leaves a reworded aspect out, which still counts for what a score needs', () => {
    const same = (...codes: string[]) => roundChange(rounds(5, 3), rounds(5, 4), new Set(codes));
    const five = same('a1', 'a2', 'a3', 'a4', 'a5');
    expect(five.apart).toEqual(['a6']);
    expect(five.aspects.map(({ code }) => code)).not.toContain('a6');
    expect(row(five, 'ib')?.sums?.change.mean).toBe(1);
    // Of six aspects five are needed, which all judged: it is the words that are missing.
    expect(row(same('a1', 'a2', 'a3', 'a4'), 'ib')).toMatchObject({ sums: null, dropped: { reworded: 5 } });
  });
});

function shown(from: SeriesUnit[], to: SeriesUnit[], operator = false) {
  const both = { from: roundSums(from), to: roundSums(to) };
  return shownChange(roundChange(from, to, ALL), both, new Map(), { ...VIEWER, operator });
}

describe('what is shown of a change', () => {
  it('is nothing that tells of the few schools of one round only, beside the means of both; the operator reads it', () => {
    const [from, to] = [rounds(7, 3), rounds(6, 4)];
    const ib = (operator: boolean) => shown(from, to, operator).views.find(({ view }) => view === 'ib');
    expect(ib(false)).toMatchObject({ status: 'suppressed', change: null, before: null, reason: 'hidden_cells', n: 6 });
    expect(ib(true)).toMatchObject({ change: 1, n: 6 });
    // Of twelve schools the mean of a competency, with one decimal, hides what one gave.
    expect(shown(rounds(12, 3), rounds(11, 4)).views.find(({ view }) => view === 'ib')).toMatchObject({ change: 1 });
  });

  it('is nothing but counts below five schools', () => {
    const { views, aspects, tested } = shown(rounds(4, 3), rounds(4, 4));
    const ib = views.find(({ view }) => view === 'ib');
    expect(ib).toMatchObject({ n: 4, status: 'too_few_schools', change: null, before: null, detectable: null });
    expect(ib?.reason).toBe('too_few_schools');
    expect([aspects, tested.ib]).toEqual([[], 0]);
  });

  it('has how those who stayed and those who left scored before, each from so many schools on that one more or less tells nothing', () => {
    const left = (count: number) => Array.from({ length: count }, (_, index) => unit(20 + index, 2));
    const earlier = (stayed: number, gone: number, operator = false) =>
      shown([...rounds(stayed, 3), ...left(gone)], rounds(stayed, 4), operator).views[0]?.earlier;
    expect(earlier(11, 11)).toEqual({ stayed: { mean: 3, n: 11, schools: 11 }, left: { mean: 2, n: 11, schools: 11 } });
    // The next round may part the same schools otherwise: beside a mean over ten one over nine tells the tenth.
    expect([earlier(11, 10), earlier(10, 11)]).toEqual([null, null]);
    expect(earlier(5, 5, true)?.left).toEqual({ mean: 2, n: 5, schools: 5 });
    expect(earlier(5, 4, true)).toBeNull();
  });

  it('has no interval where every school changed alike: there is no spread to make it of', () => {
    const ib = shown(rounds(6, 3), rounds(6, 4)).views.find(({ view }) => view === 'ib');
    expect(ib).toMatchObject({ status: 'no_variation', change: 1, low: null, high: null, detectable: null });
  });

  it('needs five directors for their view: one who leads five schools is one', () => {
    const led = (score: number) => rounds(5, score).map((one) => ({ ...one, director: 'the same' }));
    const { views } = shown(led(3), led(4));
    expect(views.find(({ view }) => view === 'director')).toMatchObject({ n: 5, schools: 1, change: null });
    expect(views.find(({ view }) => view === 'ib')).toMatchObject({ status: 'no_variation', change: 1 });
  });
});
