import { describe, expect, it } from 'vitest';
import type { GapRow, RoundsFigure } from './figure.ts';
import type { Theme } from './theme.ts';
import { gapChart, roundsChart } from './to-chartjs.ts';

const view = (name: string) => ({ fill: `${name}-fill`, line: `${name}-line`, letter: `${name}-letter` });
const theme: Theme = {
  views: { director: view('director'), ib: view('ib'), teacher: view('teacher') },
  ...{ outline: 'ink', grid: 'grid', band: 'wash', text: 'grey', font: 'sans-serif' },
};

const row: GapRow = {
  ...{ code: 'C1.01', statement: 'Stelling.', band: { from: 2, to: 5 } },
  ...{ class: 'contested', classWord: '', reading: 'seen_differently', readingWord: '' },
  marks: [
    { view: 'director', value: 5, text: '5' },
    { view: 'ib', value: 2, text: '2' },
    { view: 'teacher', value: null, reason: 'view_hidden', text: 'luik dicht' },
  ],
};
const place = { top: 10, bottom: 76, lanes: [21, 43, 65] } as const;

describe('a gap table as a drawing', () => {
  const { data, options } = gapChart([row], [place], 100, theme);

  it('puts each view in its own lane, with its own shape and colour', () => {
    const marks = data.datasets.slice(0, 3);
    expect(marks.map(({ data: points }) => points)).toEqual([[{ x: 5, y: 21 }], [{ x: 2, y: 43 }], []]);
    expect(marks.map(({ pointStyle }) => pointStyle)).toEqual(['rect', 'rectRot', 'circle']);
    expect(marks.map(({ pointBackgroundColor }) => pointBackgroundColor)).toEqual([
      'director-fill',
      'ib-fill',
      'teacher-fill',
    ]);
  });

  it('spans the band from the lowest to the highest mark over the height of the row', () => {
    expect(data.datasets.at(-1)).toMatchObject({
      borderColor: 'wash',
      borderWidth: 66,
      data: [
        { x: 2, y: 43 },
        { x: 5, y: 43 },
      ],
    });
  });

  it('has the five columns of the form, and pixels from the top', () => {
    expect(options?.scales?.['x']).toMatchObject({ min: 0.5, max: 5.5 });
    expect(options?.scales?.['y']).toMatchObject({ min: 0, max: 100, reverse: true });
    expect(options?.animation).toBe(false);
  });

  it('has no mark for a view that is not asked, and its band in the middle of the row', () => {
    const two = gapChart([{ ...row, marks: row.marks.slice(0, 2) }], [{ ...place, lanes: [21, 43] }], 100, theme);
    expect(two.data.datasets.filter(({ pointStyle }) => pointStyle !== undefined)).toHaveLength(2);
    expect(two.data.datasets.at(-1)?.data).toMatchObject([{ y: 43 }, { y: 43 }]);
  });

  it('draws nothing for a row that has no place on the page', () => {
    const empty = gapChart([row], [], 100, theme);
    expect(empty.data.datasets.flatMap(({ data: points }) => points)).toEqual([]);
  });
});

it('rounds are lines from left to right on the scale of the list, without a line where nothing may be compared', () => {
  const panel = {
    ...{ code: 'C1', title: 'Communiceren', label: '' },
    lines: [
      {
        view: 'ib' as const,
        words: '',
        isClear: false,
        points: [
          { round: 0, value: 3 },
          { round: 1, value: 4 },
        ],
      },
      { view: 'teacher' as const, words: '', isClear: false, points: null },
    ],
  };
  const figure: RoundsFigure = {
    ...{ name: 'rounds', caption: '', scale: { min: 1, max: 5, labels: [] }, rounds: ['T0', 'T1'], panels: [panel] },
  };
  const { data, options } = roundsChart(panel, figure, theme);
  expect(data.datasets.map(({ data: points }) => points)).toEqual([
    [
      { x: 0, y: 3 },
      { x: 1, y: 4 },
    ],
    [],
  ]);
  expect(data.datasets[0]).toMatchObject({ borderColor: 'ib-line', showLine: true, pointStyle: 'rectRot' });
  expect(options?.scales?.['y']).toMatchObject({ min: 1, max: 5 });
});
