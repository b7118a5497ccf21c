import { expect } from 'vitest';
import type { PairedChange } from '#lib/analysis/paired-change.ts';
import type { WelchComparison } from '#lib/analysis/welch.ts';
import { close } from './vectors.ts';

/** Figures by the names that the vectors give them. */
export type Figures = Record<string, number | string | boolean | null>;

/** Compares every expected figure; names each that differs. An empty expectation is a mistake in the test. */
export function expectFigures(actual: Figures, expected: Figures) {
  expect(Object.keys(expected).length).toBeGreaterThan(0);
  const faults = Object.entries(expected).filter(([name, value]) => !close(actual[name], value));
  expect(faults.map(([name, value]) => `${name}: ${actual[name]} instead of ${value}`)).toEqual([]);
}

export function pairedWords(found: PairedChange): Figures {
  return {
    ...found,
    mean_change: found.change,
    sd_change: found.sdChange,
    ci_low: found.ciLow,
    ci_high: found.ciHigh,
    d_av: found.dAv,
    g_av: found.gAv,
  };
}

export function welchWords(found: WelchComparison): Figures {
  return { ...found, diff: found.difference, ci_low: found.ciLow, ci_high: found.ciHigh };
}
