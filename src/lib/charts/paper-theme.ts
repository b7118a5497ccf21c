import type { Reading } from '#lib/analysis/reading.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Theme } from './theme.ts';

/** What a drawing or document on paper needs beside a theme: panels of the views, fills of the readings. */
export type PaperTheme = Theme & {
  sheet: string;
  ink: string;
  panels: Readonly<Record<View, string>>;
  readings: Readonly<Record<Exclude<Reading, 'insufficient'>, { fill: string; text: string }>>;
};

/**
 * The light tokens of the stylesheet, for what has none: paper is light whatever the screen is (DESIGN: print). A test
 * holds them against styles/tokens.css.
 */
export const PAPER: PaperTheme = {
  views: {
    director: { fill: '#23458f', line: '#23458f', letter: '#fff' },
    ib: { fill: '#e9981e', line: '#9a5a00', letter: '#1c2730' },
    teacher: { fill: '#0c7f78', line: '#0c7f78', letter: '#fff' },
  },
  outline: '#1c2730',
  grid: '#dad3c5',
  band: '#efebe2',
  text: '#4c565d',
  font: 'Atkinson Hyperlegible Next, sans-serif',
  sheet: '#fff',
  ink: '#1c2730',
  panels: { director: '#e6ebf6', ib: '#fcf0dc', teacher: '#e0f1ee' },
  readings: {
    check_meaning: { fill: '#fbe9b4', text: '#513c00' },
    not_observed: { fill: '#e6e1f3', text: '#41366a' },
    seen_differently: { fill: '#f7dfe9', text: '#6c2348' },
    shared_view: { fill: '#e7e4dc', text: '#3b4348' },
  },
};
