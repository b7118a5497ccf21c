import type { Pair } from '#lib/analysis/types.ts';
import { SESSION_READINGS } from '#lib/conversation/next-session.ts';
import type { SessionPick } from '#lib/conversation/next-session.ts';
import type { TrainedAspect, TrainingGroup } from '#lib/components/dashboard/dashboard-page.ts';
import type { Locale } from '#lib/text/numbers.ts';
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
    reading: pick.reading,
    why: whyTrained(pick, grounds, locale),
    workForm: workFormText(pick.workForm, locale),
  };
}

/** Aspects by reading, in the order of the work. */
export function byReading<A extends TrainedAspect>(aspects: readonly A[], locale: Locale): TrainingGroup<A>[] {
  return SESSION_READINGS.flatMap((reading) => {
    const own = aspects.filter((aspect) => aspect.reading === reading);
    return own.length === 0 ? [] : [{ reading, word: readingWord(reading, locale), aspects: own }];
  });
}
