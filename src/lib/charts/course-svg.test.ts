import { describe, expect, it } from 'vitest';
import { courseCell, rangeOf } from './course-figure.ts';
import { courseCellSvg, distanceSvg } from './course-svg.ts';
import { PAPER } from './paper-theme.ts';

const MISSING = { reason: 'too_few_schools', words: 'te weinig scholen' };
const given = [
  { round: 'T1', change: 0.14, low: -0.04, high: 0.32 },
  { round: 'T2', change: null, low: null, high: null },
  { round: 'T3', change: 0.85, low: 0.5, high: 1.2 },
];
const cell = courseCell('ib', given, MISSING, 'nl');
const figure = { rounds: ['T0', 'T1', 'T2', 'T3'], range: rangeOf([cell]) };
const count = (svg: string, part: string) => svg.split(part).length - 1;

describe('the change of a view over the rounds', () => {
  it('tells the latest round, rounded as it is shown, and every round in its label', () => {
    expect(cell).toMatchObject({ value: 0.9, text: '+0,9', interval: '+0,5 tot +1,2' });
    expect(cell.label).toBe('T1: +0,1, T2: te weinig scholen, T3: +0,9');
    expect(cell.points.map(({ x, value }) => [x, value])).toEqual([
      [1, 0.1],
      [3, 0.9],
    ]);
  });

  it('without a figure in the latest round has the reason in its place, and never 0', () => {
    const gone = courseCell('ib', given.slice(0, 2), MISSING, 'nl');
    expect(gone).toMatchObject({ value: null, text: 'te weinig scholen', reason: 'too_few_schools' });
  });

  it('is drawn from the start, with the reach of every interval, dashed over a round that is not known', () => {
    const svg = courseCellSvg(cell, figure, PAPER);
    expect(count(svg, 'class="whisker"')).toBe(2);
    expect(count(svg, 'class="line-ib"')).toBe(2);
    expect(count(svg, 'stroke-dasharray')).toBe(1);
    expect(svg).not.toContain('style=');
    expect(count(distanceSvg(cell, figure, PAPER), 'class="dot-now"')).toBe(2);
  });

  it('has a range that holds every interval and half a point on either side', () => {
    expect(figure.range).toEqual({ low: -0.5, high: 1.2 });
  });
});
