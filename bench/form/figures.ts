import { quantile } from 'd3-array';
import type { Visit } from './measure.ts';

export const PAGES = ['Drieluik', 'static page', 'SurveyJS'] as const;
export const SPEEDS = [
  { name: 'full speed', slowdown: 1 },
  { name: 'slowed 4 times', slowdown: 4 },
] as const;

export type PageName = (typeof PAGES)[number];
type Speed = (typeof SPEEDS)[number]['name'];
export type Taken = Visit & { page: PageName; speed: Speed };
export type Figures = Record<string, number | string>;

type Of = (visit: Visit) => number;

/** What was measured, page beside page. Size does not depend on the speed, time does. */
export function figuresOf(taken: readonly Taken[]): Figures {
  return {
    'visits of each page at each speed': taken.length / PAGES.length / SPEEDS.length,
    ...compared('bytes', taken, ({ bytes }) => bytes, 0),
    ...compared('requests', taken, ({ requests }) => requests, 0),
    ...atEachSpeed('first radio answerable, ms', taken, ({ answerable }) => answerable),
    ...atEachSpeed('click to paint, ms', taken, ({ clickToPaint }) => clickToPaint),
    ...ofEachPage('layout shift', taken, layoutShift),
    ...ofEachPage('other hosts asked', taken, otherHosts),
  };
}

function atEachSpeed(name: string, taken: readonly Taken[], of: Of): Figures {
  const tables = SPEEDS.map((speed) => {
    const visits = taken.filter((each) => each.speed === speed.name);
    return compared(`${name}, ${speed.name}`, visits, of, 1);
  });
  return Object.assign({}, ...tables);
}

/** The median of each page with its quartiles, and how many times each peer's the form's is. */
function compared(name: string, taken: readonly Taken[], of: Of, digits: number): Figures {
  const at = (page: PageName, share: number) => quantile(visitsOf(page, taken), share, of) ?? Number.NaN;
  const figures: Figures = {};
  for (const page of PAGES) {
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => at(page, share).toFixed(digits));
    figures[`${name}: ${page}`] = `${middle} (${low}–${high})`;
  }
  const [form, ...peers] = PAGES;
  for (const peer of peers) figures[`${name}: ${form} / ${peer}`] = (at(form, 0.5) / at(peer, 0.5)).toFixed(2);
  return figures;
}

function ofEachPage(name: string, taken: readonly Taken[], figure: (visits: readonly Visit[]) => string): Figures {
  return Object.fromEntries(PAGES.map((page) => [`${name}: ${page}`, figure(visitsOf(page, taken))]));
}

const visitsOf = (page: PageName, taken: readonly Taken[]) => taken.filter((each) => each.page === page);

/** The largest, since one rater in thirty whose page jumps is one too many. */
function layoutShift(visits: readonly Visit[]): string {
  const shifts = visits.map((each) => each.layoutShift).filter((shift) => shift > 0);
  if (shifts.length === 0) return '0';
  return `at most ${Math.max(...shifts).toFixed(4)}, in ${shifts.length} of ${visits.length} visits`;
}

function otherHosts(visits: readonly Visit[]): string {
  return [...new Set(visits.flatMap((each) => each.otherHosts))].join(', ') || 'none';
}
