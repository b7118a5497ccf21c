import type { Chart, ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import type { View } from '#lib/analysis/types.ts';
import type { GapRow, RoundsFigure, RoundsPanel } from './figure.ts';
import { namedDays, shortDay, type ResponseFigure } from './response-figure.ts';
import type { Theme } from './theme.ts';

/** Neutral figures as Chart.js configuration. Pure: colours and places on the page come in as arguments. */

export type ChartConfig = ChartConfiguration<'scatter'>;
type Dataset = ChartDataset<'scatter'>;

/** Where a row lies, and the middles of its marks' lanes: in pixels from the top of the drawing. */
export type RowPlace = { top: number; bottom: number; lanes: readonly number[] };

/** Square, diamond and circle, with the radius that gives each the size of the marks in the text. */
const MARKS = {
  director: { pointStyle: 'rect', radius: 13.4, letter: 'D' },
  ib: { pointStyle: 'rectRot', radius: 13, letter: 'IB' },
  teacher: { pointStyle: 'circle', radius: 10.5, letter: 'L' },
} as const satisfies Record<View, { pointStyle: string; radius: number; letter: string }>;

/** Without their letter, where lines lead the eye. */
const SMALL = 0.6;
const BREAK = { x: NaN, y: NaN };

/** The drawing beside a gap table: bands from lowest to highest, and a mark a view, each in its lane. */
export function gapChart(
  rows: readonly GapRow[],
  places: readonly RowPlace[],
  height: number,
  theme: Theme,
): ChartConfig {
  const placed = rows.flatMap((row, index) => {
    const place = places[index];
    return place ? [{ row, place }] : [];
  });
  const ticks = [1, 2, 3, 4, 5];
  const grid = placed.flatMap(({ place: { top, bottom } }) =>
    ticks.flatMap((x) => [{ x, y: top }, { x, y: bottom }, BREAK]),
  );
  const bands = placed.flatMap(({ row: { band }, place: { top, bottom } }) =>
    band ? [lineAt(band.from, band.to, (top + bottom) / 2, bottom - top, theme.band)] : [],
  );
  const views = (rows[0]?.marks ?? []).map(({ view }) => view);
  const marks = views.map((view, lane): Dataset => ({
    ...markStyle(view, theme, 1),
    data: placed.flatMap(({ row, place }) => {
      const value = row.marks[lane]?.value ?? null;
      return value === null ? [] : [{ x: value, y: place.lanes[lane] ?? 0 }];
    }),
  }));
  return {
    type: 'scatter',
    // The first lies on top.
    data: { datasets: [...marks, { ...strokes(theme.grid, 1), data: grid }, ...bands] },
    options: {
      ...STILL,
      layout: { autoPadding: false },
      scales: {
        // Value v lies at 10 + (v − 1) × 20 %, as on the form.
        x: { type: 'linear', display: false, min: 0.5, max: 5.5 },
        y: { type: 'linear', display: false, min: 0, max: height, reverse: true },
      },
    },
    plugins: [
      letters(
        views.map((view) => ({ text: MARKS[view].letter, colour: theme.views[view].letter })),
        theme,
      ),
    ],
  };
}

/** One competency over the rounds: a line a view. */
export function roundsChart({ lines }: RoundsPanel, { rounds, scale }: RoundsFigure, theme: Theme): ChartConfig {
  const ticks = { color: theme.text, font: { family: theme.font, size: 13 } };
  return {
    type: 'scatter',
    data: {
      datasets: lines.map(({ view, points }) => ({
        ...markStyle(view, theme, SMALL),
        showLine: true,
        borderColor: theme.views[view].line,
        borderWidth: 2.25,
        data: (points ?? []).map(({ round, value }) => ({ x: round, y: value })),
      })),
    },
    options: {
      ...STILL,
      layout: { padding: { top: 10, right: 10 } },
      scales: {
        x: {
          type: 'linear',
          min: -0.25,
          max: rounds.length - 0.75,
          border: { display: false },
          grid: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = rounds.map((_, value) => ({ value }));
          },
          ticks: { ...ticks, callback: (value) => rounds[Number(value)] ?? '' },
        },
        y: {
          type: 'linear',
          min: scale.min,
          max: scale.max,
          border: { display: false },
          grid: { color: theme.grid },
          ticks: { ...ticks, stepSize: 1 },
        },
      },
    },
  };
}

/** So many days are named below the response of a round. */
const NAMED_DAYS = 5;

/** The response of a round by day: submitted drawn through, begun dashed, up to all that were asked. */
export function responseChart({ days, invited }: ResponseFigure, theme: Theme): ChartConfig {
  const named = namedDays(days.length, NAMED_DAYS);
  const ticks = { color: theme.text, font: { family: theme.font, size: 13 }, maxRotation: 0, autoSkip: false };
  const line = (of: 'begun' | 'submitted', width: number): Dataset => ({
    ...strokes(theme.text, width),
    clip: false,
    data: days.map((day, index) => ({ x: index, y: day[of] })),
  });
  return {
    type: 'scatter',
    data: { datasets: [line('submitted', 3), { ...line('begun', 1.5), borderDash: [4, 4] }] },
    options: {
      ...STILL,
      layout: { padding: { top: 8, right: 24 } },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: Math.max(1, days.length - 1),
          border: { display: false },
          grid: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = named.map((value) => ({ value }));
          },
          ticks: { ...ticks, callback: (value) => shortDay(days[Number(value)]?.label ?? '') },
        },
        y: {
          type: 'linear',
          min: 0,
          max: Math.max(1, invited),
          border: { display: false },
          grid: { color: theme.grid },
          afterBuildTicks: (axis) => {
            axis.ticks = [0, invited].map((value) => ({ value }));
          },
          ticks,
        },
      },
    },
  };
}

/** Nothing moves, nothing answers to the pointer: the words and figures stand beside the marks. */
const STILL = {
  responsive: true,
  maintainAspectRatio: false,
  animation: false,
  events: [],
} satisfies ChartConfig['options'];

function markStyle(view: View, theme: Theme, size: number): Omit<Dataset, 'data'> {
  const { pointStyle, radius } = MARKS[view];
  return {
    clip: false,
    pointStyle,
    pointRadius: radius * size,
    pointBackgroundColor: theme.views[view].fill,
    pointBorderColor: theme.outline,
    pointBorderWidth: 1.25,
  };
}

function strokes(colour: string, width: number): Omit<Dataset, 'data'> {
  return { showLine: true, pointRadius: 0, borderColor: colour, borderWidth: width };
}

function lineAt(from: number, to: number, y: number, width: number, colour: string): Dataset {
  const data = [
    { x: from, y },
    { x: to, y },
  ];
  return { ...strokes(colour, width), borderCapStyle: 'butt', data };
}

/** Writes each mark's letter; the texts belong to the first datasets, in order. */
function letters(texts: readonly { text: string; colour: string }[], theme: Theme): Plugin<'scatter'> {
  return {
    id: 'letters',
    afterDatasetDraw: (chart: Chart, { index, meta }) => {
      const letter = texts[index];
      if (!letter) return;
      const { ctx } = chart;
      ctx.save();
      ctx.font = `800 ${letter.text.length > 1 ? 10 : 11}px ${theme.font}`;
      ctx.fillStyle = letter.colour;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      for (const { x, y } of meta.data) ctx.fillText(letter.text, x, y + 0.5);
      ctx.restore();
    },
  };
}
