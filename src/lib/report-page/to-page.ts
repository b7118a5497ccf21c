import { perView } from '#lib/analysis/per-view.ts';
import type { MeaningCause } from '#lib/analysis/reading.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { balanceFigure } from '#lib/charts/balance-figure.ts';
import type { Scale } from '#lib/charts/figure.ts';
import { countReadings, gapFigure } from '#lib/charts/gap-figure.ts';
import type { GapAspect } from '#lib/charts/gap-figure.ts';
import { triptychFigure } from '#lib/charts/triptych-figure.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { isAboutTogether } from '#lib/instrument/aspects.ts';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { answeredNotes, isNotAsked } from '#lib/text/report-answered.ts';
import type { Answered } from '#lib/text/report-answered.ts';
import { readingsCaption } from '#lib/text/report-captions.ts';
import { openingSentences } from '#lib/text/report-opening.ts';
import { isClosed } from '#lib/text/report-reasons.ts';
import type { People } from '#lib/text/report-words.ts';
import { aboutOf } from './to-about.ts';
import { askedWords } from './to-asked.ts';
import { firstOf } from './to-first.ts';
import { lookBackTable } from './to-look-back.ts';
import { shownLevel } from './to-level.ts';
import { cardsOf, shortLists, tallyOf } from './to-lists.ts';
import { missingOf } from './to-missing.ts';
import { numberRows } from './to-numbers.ts';
import { remarkGroups } from './to-remarks.ts';
import { remarksLead } from '#lib/text/report-remarks.ts';
import { roundsOf } from './to-rounds.ts';

/** Picks from a report what its page shows, with its texts in the reader's language. */
export function toPage(report: SchoolReport, locale: Locale): ReportPage {
  const { figures, facts, level } = report;
  const scale = scaleOf(report, locale);
  const aspects = aspectsOf(report, locale);
  const titles = new Map(report.instrument.competencies.map(({ code, title }) => [code, title[locale]]));
  const competencies = figures.competencies.map((one) => {
    const { needed, gapNotes } = facts.competencies[one.code] ?? { needed: one.aspects, gapNotes: [] };
    return { ...one, title: titles.get(one.code) ?? one.code, needed, gapNotes };
  });
  const views = answeredOf(report);
  const reader = report.viewer === 'ib' ? 'ib' : 'other';
  const people: People = {
    ib: report.ratee,
    teachers: teachersOf(views),
    reader,
    isTogether: isAboutTogether(report.instrument),
  };
  const [lead = '', ...more] = openingSentences(
    {
      elevation: facts.elevation,
      // The words speak of the scores as they were given.
      competencies: report.asScored.competencies.map((one) => ({ ...one, title: titles.get(one.code) ?? one.code })),
      differ: countReadings(report.asScored.aspects).seen_differently,
      people,
      complete: VIEWS.every(
        (view) => isNotAsked(views[view]) || competencies.every((one) => one.views[view].score !== null),
      ),
    },
    locale,
  );
  const triptych = triptychFigure({ scale, level, views, competencies, people }, locale);
  const asked = triptych.columns.map(({ view }) => view);
  return {
    id: report.schoolRoundId,
    head: {
      schoolName: report.schoolName,
      brin: report.school === report.schoolName ? null : report.school,
      cohort: report.cohort,
      round: report.round,
      place: report.place,
      closedOn: report.closedAt === null ? null : dayText(report.closedAt, locale),
      ratee: people.ib,
      lead,
      more,
      asked: askedWords(report, locale),
    },
    teachers: people.teachers,
    answered: answeredNotes(views, figures.mode, locale),
    missing: missingOf(report, views, people.teachers, locale),
    level: shownLevel(report, people.teachers, locale),
    triptych,
    first: firstOf(facts.first, aspects, { scale, level, people, base: titles.get(facts.base ?? '') ?? null }, locale),
    numbers: numberRows(competencies, figures.overall.gaps, asked, locale),
    gaps: competencies.map(({ code, title }) => {
      const own = [...aspects.values()].filter((aspect) => aspect.competency === code);
      const answered = perView((view) => views[view].answered);
      return gapFigure({ code, title, scale, level, asked, aspects: own, answered, people }, locale);
    }),
    ...aboutOf(report, aspects, people.teachers, locale),
    readings: {
      caption: readingsCaption(countReadings(figures.aspects), level, locale),
      tally: tallyOf(countReadings(figures.aspects), locale),
      cards: cardsOf(aspects, report, people.teachers, locale),
    },
    lists: shortLists(report, asked, people, locale),
    remarks: {
      lead: remarksLead(figures.mode, { count: people.teachers, closed: views.teacher.closed }, locale),
      groups: remarkGroups(report.remarks, titles, aspects, locale),
    },
    balance:
      report.balances &&
      balanceFigure(
        report.balances.filter(({ view }) => asked.includes(view)),
        people,
        locale,
      ),
    lookBack: lookBackTable(report, titles, locale),
    rounds: roundsOf(report, asked, scale, titles, people, locale),
  };
}

/** The same for a file, which is handed on: it speaks of the IB'er by name, also the one that the IB'er downloads. */
export function toHandout(report: SchoolReport, locale: Locale): ReportPage {
  return toPage({ ...report, viewer: null }, locale);
}

/** An aspect with its statement and the competency that it is part of. */
export type PageAspect = GapAspect & { competency: string; meaning: readonly MeaningCause[] };

/** The aspects by code, in the order of the list. */
function aspectsOf({ figures, facts, instrument }: SchoolReport, locale: Locale): Map<string, PageAspect> {
  const statements = new Map(
    instrument.competencies.flatMap(({ clusters }) =>
      clusters.flatMap(({ aspects }) => aspects.map(({ code, other }) => [code, other[locale]] as const)),
    ),
  );
  return new Map(
    figures.aspects.map((aspect) => [
      aspect.code,
      {
        ...aspect,
        statement: statements.get(aspect.code) ?? aspect.code,
        size: facts.sortKeys[aspect.code] ?? null,
        meaning: facts.meaning[aspect.code] ?? [],
      },
    ]),
  );
}

function scaleOf({ instrument }: SchoolReport, locale: Locale): Scale {
  const labels = instrument.scale.labels.toSorted((a, b) => a.value - b.value).map((label) => label[locale]);
  return { min: instrument.scale.min, max: instrument.scale.max, labels };
}

/** A view that is withheld as a whole, or that the list does not ask, has the same reason at every competency. */
function answeredOf({ figures }: SchoolReport): Record<View, Answered> {
  return perView((view) => {
    const reason: Reason | undefined = figures.competencies[0]?.views[view].reason;
    return { ...figures.raters[view], closed: reason && (isClosed(reason) || reason === 'not_asked') ? reason : null };
  });
}

/** The teachers who are spoken of: those whose answers are shown, else all who were asked. */
function teachersOf({ teacher }: Record<View, Answered>): number {
  return teacher.closed === null && teacher.answered > 0 ? teacher.answered : teacher.invited;
}
