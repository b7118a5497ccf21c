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

const LEVELS = ['with', 'without'] as const;
const SHOWN = ['first', 'all'] as const;
const MOST_SIGNS = 100;

/**
 * What a reader chose to see of the gap charts; null means all of them. `level`: differences with, or without, the
 * level difference over the whole list. `show`: the first aspects, others when they are asked for; or the page with all.
 */
export type Choice = {
  reading: keyof typeof READINGS | null;
  class: keyof typeof CLASSES | null;
  /** The key of a cluster, which is not looked up here: 1 to 100 signs. */
  cluster: string | null;
  sort: (typeof SORTS)[number];
  level: (typeof LEVELS)[number];
  show: (typeof SHOWN)[number];
};

export const EVERYTHING: Choice = {
  ...{ reading: null, class: null, cluster: null },
  ...{ sort: 'gap', level: 'with', show: 'first' },
};

/**
 * Reads a choice from an address. A word that is not known chooses nothing: an old or mistyped link still opens. Written out,
 * for the library that checks shapes elsewhere is a thirtieth of what a report's reader gets of scripts.
 */
export function readChoice(params: URLSearchParams): Choice {
  const oneOf = <T extends string>(words: readonly T[], said: string | null) =>
    words.find((word) => word === said) ?? null;
  const cluster = params.get('cluster') ?? '';
  return {
    reading: oneOf(READING_WORDS, params.get('reading')),
    class: oneOf(CLASS_WORDS, params.get('class')),
    cluster: cluster === '' || cluster.length > MOST_SIGNS ? null : cluster,
    sort: oneOf(SORTS, params.get('sort')) ?? EVERYTHING.sort,
    level: oneOf(LEVELS, params.get('level')) ?? EVERYTHING.level,
    show: oneOf(SHOWN, params.get('show')) ?? EVERYTHING.show,
  };
}

/** A choice as the search of an address, `?` and all; nothing for what needs no saying. */
export function searchOf(chosen: Choice): string {
  const said = Object.entries(chosen).filter(([name, value]) => value !== EVERYTHING[name as keyof Choice]);
  const params = new URLSearchParams(said.map(([name, value]) => [name, value ?? '']));
  return said.length === 0 ? '' : `?${params}`;
}
