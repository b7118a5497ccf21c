import { aspectsOf } from './aspects.ts';
import type { Aspect, Instrument } from './schema.ts';
import type { Localized } from './types.ts';

/** What of the earlier list may be compared with the later one: codes of aspects, each in the order of its own list. */
export type InCommon = {
  /** The five words of the scale are the same. Where they are not, nothing is: a "meestal" that became "vaak". */
  sameScale: boolean;
  /** In both lists with the same words, wherever they stand; none where the scale differs. */
  same: string[];
  /** In both lists, under one code, but worded anew: not compared. */
  reworded: string[];
  /** In the earlier list only. */
  dropped: string[];
  /** In the later list only. */
  added: string[];
};

/**
 * Which aspects two lists have in common. What is asked makes the aspect, and not where it stands or who is taken to see
 * it: one that moved to another cluster or competency stays the same. The lists may be two versions of one, or two lists.
 */
export function inCommon(earlier: Instrument, later: Instrument): InCommon {
  const before = byCode(earlier);
  const after = byCode(later);
  const sameScale = isSameScale(earlier, later);
  const both = [...before].flatMap(([code, aspect]) => {
    const now = after.get(code);
    return now ? [{ code, same: isSameAspect(aspect, now) }] : [];
  });
  return {
    sameScale,
    same: sameScale ? both.filter((each) => each.same).map(({ code }) => code) : [],
    reworded: both.filter((each) => !each.same).map(({ code }) => code),
    dropped: [...before.keys()].filter((code) => !after.has(code)),
    added: [...after.keys()].filter((code) => !before.has(code)),
  };
}

/**
 * Whether two aspects ask the same: one code, and the same words in the statement for others, for oneself and in the
 * explanation, in both languages. Spaces and the form of an apostrophe are no words. An English text that one of the two
 * has not (the schema then has the Dutch one in its place) is a translation that came or went, and not a new wording.
 */
export function isSameAspect(one: Aspect, other: Aspect): boolean {
  return (
    one.code === other.code &&
    sameText(one.other, other.other) &&
    sameText(one.self, other.self) &&
    sameText(one.explain, other.explain)
  );
}

function sameText(one: Localized | undefined, other: Localized | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (!sameWords(one.nl, other.nl)) return false;
  return sameWords(one.en, other.en) || isUntranslated(one) || isUntranslated(other);
}

/** Nearly all texts of two versions are the same to the letter, and a report asks it of three hundred. */
function sameWords(one: string, other: string): boolean {
  return one === other || plain(one) === plain(other);
}

function isUntranslated({ nl, en }: Localized): boolean {
  return sameWords(nl, en);
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim();
}

function isSameScale(one: Instrument, other: Instrument): boolean {
  return one.scale.labels.every((label, index) => sameText(label, other.scale.labels[index]));
}

function byCode(instrument: Instrument): ReadonlyMap<string, Aspect> {
  return new Map(instrument.competencies.flatMap(aspectsOf).map((aspect) => [aspect.code, aspect]));
}
