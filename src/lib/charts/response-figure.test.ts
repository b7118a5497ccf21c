import { describe, expect, it } from 'vitest';
import { PAPER } from './paper-theme.ts';
import { namedDays, responseFigure } from './response-figure.ts';
import { responseSvg } from './response-svg.ts';
import { responseChart } from './to-chartjs.ts';

const days = [
  { day: '2026-03-02', begun: 2, submitted: 0 },
  { day: '2026-03-03', begun: 5, submitted: 3 },
];
const figure = responseFigure(days, 12, false, 'nl');

describe('the response of a round', () => {
  it('is said in one sentence, with days as the reader writes them', () => {
    expect(figure?.caption).toBe('Tot nu toe verzonden: 3 van de 12 formulieren. Begonnen: 5.');
    expect(figure?.days.map(({ label }) => label)).toEqual(['02-03-2026', '03-03-2026']);
    expect(responseFigure(days, 12, true, 'en')?.caption).toMatch(/^Submitted at closing: 3 of the 12 forms/);
  });

  it('is no chart before the first day', () => expect(responseFigure([], 12, false, 'nl')).toBeNull());

  it('names the first and the last day, and no more than fit', () => {
    expect(namedDays(3, 5)).toEqual([0, 1, 2]);
    expect(namedDays(21, 5)).toEqual([0, 5, 10, 15, 20]);
  });

  it('has the same lines on the screen and on paper, on a scale up to all that were asked', () => {
    if (!figure) throw new Error('no figure');
    const { data, options } = responseChart(figure, PAPER);
    expect(data.datasets.map(({ data: points }) => points)).toEqual([
      [
        { x: 0, y: 0 },
        { x: 1, y: 3 },
      ],
      [
        { x: 0, y: 2 },
        { x: 1, y: 5 },
      ],
    ]);
    expect(options?.scales?.['y']).toMatchObject({ min: 0, max: 12 });
    const svg = responseSvg(figure, { width: 320, height: 160, marks: 1 }, PAPER);
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg).toContain('>12</text>');
    expect(svg).toContain('>02-03</text>');
  });
});
