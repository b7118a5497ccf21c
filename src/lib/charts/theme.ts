import type { View } from '#lib/analysis/types.ts';

/** The page's colours and type, for a drawing that cannot read the stylesheet itself. */
export type Theme = {
  views: Readonly<Record<View, { fill: string; line: string; letter: string }>>;
  outline: string;
  grid: string;
  band: string;
  text: string;
  font: string;
};

/** Reads the tokens of the stylesheet, as they are now: light or dark. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const view = (name: string) => ({
    fill: token(`--${name}`),
    line: token(`--${name}-line`),
    letter: token(`--on-${name}`),
  });
  return {
    views: { director: view('director'), ib: view('ib'), teacher: view('teacher') },
    outline: token('--mark-edge'),
    grid: token('--line'),
    band: token('--wash'),
    text: token('--ink-2'),
    font: style.fontFamily,
  };
}
