import type { Pair } from '#lib/analysis/types.ts';
import { baseCompetency } from '#lib/conversation/first-to-discuss.ts';
import { SESSION_READINGS } from '#lib/conversation/next-session.ts';
import type { SessionPick } from '#lib/conversation/next-session.ts';
import type { TrainedAspect, TrainingGroup, TrainingPart } from '#lib/components/dashboard/dashboard-page.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList, type Locale } from '#lib/text/numbers.ts';
import { readingWord } from '#lib/text/report-words.ts';
import { whyTrained, workFormText } from '#lib/text/training-words.ts';
import { unseenShare } from './facts.ts';
import type { CohortAspect } from './facts.ts';

/** What a page says of an aspect that is worth training. */
export function trainedAspect(pick: SessionPick, aspect: CohortAspect, locale: Locale): TrainedAspect {
  const { clarity, figures, listed } = aspect;
  const gap = (pair: Pair) => {
    const { n, mean, large } = figures.gaps[pair];
    return large === null ? null : { n, mean, large };
  };
  const grounds = {
    U: clarity?.U ?? null,
    seen: {
      director: unseenShare(clarity, 'director'),
      ib: unseenShare(clarity, 'ib'),
      teacher: unseenShare(clarity, 'teacher'),
    },
    gaps: {
      ib_director: gap('ib_director'),
      ib_teacher: gap('ib_teacher'),
      director_teacher: gap('director_teacher'),
    },
  };
  return {
    code: pick.code,
    statement: listed.other[locale],
    competency: aspect.competency.title[locale],
    isBase: pick.isBase,
    reading: pick.reading,
    why: whyTrained(pick, grounds, locale),
    workForm: workFormText(pick.workForm, locale),
  };
}

/** The session in its parts: the base competency, then the others, each by reading (conversation/next-session.ts). */
export function inParts<A extends TrainedAspect>(aspects: readonly A[], locale: Locale): TrainingPart<A>[] {
  let number = 0;
  return [true, false].flatMap((isBase) => {
    const own = aspects.filter((aspect) => aspect.isBase === isBase);
    const [first] = own;
    if (!first) return [];
    const groups = SESSION_READINGS.flatMap((reading): TrainingGroup<A>[] => {
      const numbered = own
        .filter((aspect) => aspect.reading === reading)
        .map((aspect) => ({ ...aspect, number: (number += 1) }));
      if (numbered.length === 0) return [];
      return [{ reading, word: readingWord(reading, locale), forms: formsOf(numbered, locale), aspects: numbered }];
    });
    const title = isBase
      ? m.training_part_base({ competency: first.competency }, { locale })
      : m.training_part_others({}, { locale });
    return [{ isBase, title, groups }];
  });
}

function formsOf(aspects: readonly (TrainedAspect & { number: number })[], locale: Locale): TrainingGroup['forms'] {
  const byForm = [...Map.groupBy(aspects, ({ workForm }) => workForm)];
  return byForm.map(([text, own]) => {
    if (byForm.length === 1) return { text, for: null };
    const numbers = own.map(({ number }) => String(number));
    return { text, for: m.training_form_for({ numbers: formatList(numbers, locale) }, { locale }) };
  });
}

/** The one order in words, a sentence each; without a base competency in the list one sentence less. */
export function orderOf(instrument: Instrument, locale: Locale): string[] {
  const code = baseCompetency(instrument.competencies);
  const base = instrument.competencies.find((competency) => competency.code === code);
  return [
    ...(base ? [m.training_order_base({ competency: base.title[locale] }, { locale })] : []),
    base ? m.training_order_meaning({}, { locale }) : m.training_order_meaning_first({}, { locale }),
    m.training_order_size({}, { locale }),
  ];
}
