import * as z from 'zod/mini';
import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { Reading } from '#lib/analysis/reading.ts';

/** Words of an address for readings and classes: it can be read on the screen, so no machine word stands in it. */
export const READINGS = {
  meaning: 'check_meaning',
  unseen: 'not_observed',
  differ: 'seen_differently',
  shared: 'shared_view',
  few: 'insufficient',
} as const satisfies Record<string, Reading>;

export const CLASSES = {
  strength: 'shared_strength',
  growth: 'shared_growth',
  'self-higher': 'blind_spot',
  'hidden-strength': 'hidden_strength',
  'others-differ': 'contested',
  same: 'in_agreement',
  few: 'insufficient',
} as const satisfies Record<string, AspectClass>;

export const SORTS = ['gap', 'list', 'reading'] as const;

const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[];
export const READING_WORDS = keysOf(READINGS);
export const CLASS_WORDS = keysOf(CLASSES);

const oneOf = <T extends string>(words: readonly T[]) => z.catch(z.nullable(z.enum(words)), null);
const choice = z.object({
  reading: oneOf(READING_WORDS),
  class: oneOf(CLASS_WORDS),
  cluster: z.catch(z.nullable(z.string().check(z.minLength(1), z.maxLength(100))), null),
  sort: z.catch(z.enum(SORTS), 'gap'),
  level: z.catch(z.enum(['with', 'without']), 'with'),
});

/**
 * What a reader chose to see of the gap charts; null means all of them. `level`: differences with, or without, the
 * level difference over the whole list.
 */
export type Choice = z.output<typeof choice>;

export const EVERYTHING: Choice = { reading: null, class: null, cluster: null, sort: 'gap', level: 'with' };

/** Reads a choice from an address. A word that is not known chooses nothing: an old or mistyped link still opens. */
export function readChoice(params: URLSearchParams): Choice {
  return choice.parse(Object.fromEntries(params));
}

/** A choice as the search of an address, `?` and all; nothing for what needs no saying. */
export function searchOf(chosen: Choice): string {
  const said = Object.entries(chosen).filter(([name, value]) => value !== EVERYTHING[name as keyof Choice]);
  const params = new URLSearchParams(said.map(([name, value]) => [name, value ?? '']));
  return said.length === 0 ? '' : `?${params}`;
}
