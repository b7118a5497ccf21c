import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { isPossible } from '#lib/analysis/possible-class.ts';
import type { View } from '#lib/analysis/types.ts';
import type { ReadingCard, ShortList, TalkReading, TallyRow } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { ReadingCounts } from '#lib/text/report-captions.ts';
import { talkTexts, whyListed } from '#lib/text/report-readings.ts';
import { capital, nameOf, readerOf, readingWord } from '#lib/text/report-words.ts';
import type { People } from '#lib/text/report-words.ts';
import type { PageAspect } from './to-page.ts';

type Aspects = ReadonlyMap<string, PageAspect>;
type Lists = SchoolReport['facts']['lists'];

/** In the order of the talk: meaning before performance (product.md). */
const TALK: readonly TalkReading[] = ['check_meaning', 'not_observed', 'seen_differently', 'shared_view'];

/** A short list stays short: these lines, the rest opens in place. */
const IN_SIGHT = 5;

/** How many aspects have each reading, with the length of its bar. */
export function tallyOf(counts: ReadingCounts, locale: Locale): TallyRow[] {
  const most = Math.max(1, ...TALK.map((reading) => counts[reading]));
  return TALK.map((reading) => {
    const count = counts[reading];
    return { reading, word: capital(readingWord(reading, locale)), count, share: count / most };
  });
}

/** A card a reading with at most ten aspects in sight. */
export function cardsOf(
  aspects: Aspects,
  { facts: { lists }, level }: Pick<SchoolReport, 'facts' | 'level'>,
  teachers: number,
  locale: Locale,
): ReadingCard[] {
  return TALK.map((reading) => {
    const listed = codesOf(reading, aspects, lists).flatMap((code) => {
      const aspect = aspects.get(code);
      return aspect ? { code, why: whyListed(aspect, teachers, locale) } : [];
    });
    const { listLength } = CONSTANTS;
    const texts = talkTexts(reading, level, locale);
    return { reading, ...texts, top: listed.slice(0, listLength), rest: listed.slice(listLength) };
  });
}

function codesOf(reading: TalkReading, aspects: Aspects, lists: Lists): string[] {
  const all = (name: keyof Lists) => [...lists[name].top, ...lists[name].rest];
  if (reading === 'check_meaning' || reading === 'not_observed') return all(reading);
  const found = [...aspects.values()].filter((aspect) => aspect.reading === reading);
  if (reading === 'seen_differently') {
    return found.toSorted((a, b) => (b.size ?? 0) - (a.size ?? 0)).map(({ code }) => code);
  }
  // What all see as strong comes first; a shared growth point has its own list and comes last.
  const [strength, growth] = [all('shared_strength'), all('shared_growth')];
  const others = found.map(({ code }) => code).filter((code) => !strength.includes(code) && !growth.includes(code));
  return [...strength, ...others, ...growth];
}

/** The short lists, shared strength first (product.md): those that an aspect of this list can be in. */
export function shortLists(
  { facts: { lists }, level }: Pick<SchoolReport, 'facts' | 'level'>,
  asked: readonly View[],
  people: People,
  locale: Locale,
): ShortList[] {
  const list = (key: keyof Lists & AspectClass, title: string, intro: string) => {
    const pick = (codes: readonly string[]) => codes.map((code) => ({ code, why: null }));
    const codes = [...lists[key].top, ...lists[key].rest];
    const [top, rest] = [pick(codes.slice(0, IN_SIGHT)), pick(codes.slice(IN_SIGHT))];
    return { name: key, title, intro: capital(intro), top, rest };
  };
  const [none, named, sides] = [
    {},
    { ib: nameOf(people, locale), reader: readerOf(people), level },
    { teachers: people.teachers, level },
  ];
  const at = { locale };
  return [
    list('shared_strength', m.report_list_shared_strength(none, at), m.report_list_shared_strength_intro(none, at)),
    list('shared_growth', m.report_list_shared_growth(none, at), m.report_list_shared_growth_intro(none, at)),
    list('blind_spot', m.report_list_self_higher(none, at), m.report_list_self_higher_intro(named, at)),
    list('hidden_strength', m.report_list_hidden_strength(none, at), m.report_list_hidden_strength_intro(named, at)),
    list('contested', m.report_list_others_differ(sides, at), m.report_list_others_differ_intro(sides, at)),
  ].filter(({ name }) => isPossible(name, asked));
}
