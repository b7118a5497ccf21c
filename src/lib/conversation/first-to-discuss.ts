import type { Reading } from '#lib/analysis/reading.ts';

/** Readings that ask for a talk, in its order: meaning before performance (product.md, the conversation agenda). */
const TALK_ORDER = ['check_meaning', 'not_observed', 'seen_differently'] as const satisfies readonly Reading[];

/** How many aspects can be told in ten seconds. */
export const MOST_FIRST = 3;

/** The competency that the other three build on, by the `key` of the list (product.md). */
const BASE_KEY = 'purposeful-communication';

/** An aspect of a report, in the order of the list; `size` of its largest difference in scale points, null without. */
type Candidate = { code: string; competency: string; reading: Reading; size: number | null };

/** An aspect to talk about first; its reading says why. */
export type FirstAspect = { code: string; reading: (typeof TALK_ORDER)[number] };

/** The code of the base competency; null in a list that does not have it. */
export function baseCompetency(competencies: readonly { key: string; code: string }[]): string | null {
  return competencies.find(({ key }) => key === BASE_KEY)?.code ?? null;
}

/**
 * The aspects to talk about first, at most three, in the order of the talk: what is not understood alike, what somebody
 * cannot see, what is seen differently. Each kind of talk gives its largest difference; a kind that has none leaves its
 * place to the next largest of the others, in the same order. Equal differences: the base competency first, then the
 * order of the list. Aspects of one picture, or judged too little to compare, are never among them.
 */
export function firstToDiscuss(aspects: readonly Candidate[], base: string | null): FirstAspect[] {
  const kinds = TALK_ORDER.map((reading) =>
    aspects
      .filter((aspect) => aspect.reading === reading)
      .toSorted((a, b) => bySize(a, b) || byBase(a, b, base))
      .map(({ code }, turn) => ({ code, reading, turn })),
  );
  return kinds
    .flat()
    .toSorted((a, b) => a.turn - b.turn) // stable: within a turn the order of the talk
    .slice(0, MOST_FIRST)
    .toSorted((a, b) => TALK_ORDER.indexOf(a.reading) - TALK_ORDER.indexOf(b.reading))
    .map(({ code, reading }) => ({ code, reading }));
}

/** Largest first; without a difference last. */
function bySize(a: Candidate, b: Candidate): number {
  return (b.size ?? -1) - (a.size ?? -1);
}

function byBase(a: Candidate, b: Candidate, base: string | null): number {
  return Number(b.competency === base) - Number(a.competency === base);
}
