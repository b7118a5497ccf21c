import { PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { DashboardPage } from '#lib/components/dashboard/dashboard-page.ts';
import { cohortHeadline } from '#lib/conversation/cohort-headline.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Dashboard } from '#lib/server/dashboard/service.ts';
import type { RoundFigures } from '#lib/server/reports/service.ts';
import { groupWord } from '#lib/text/cohort-words.ts';
import { fewSchoolsText } from '#lib/text/few-schools.ts';
import { leftOutFewText, leftOutText } from '#lib/text/left-out-words.ts';
import { formatList, type Locale } from '#lib/text/numbers.ts';
import { cohortAspects } from './facts.ts';
import type { CohortAspect } from './facts.ts';
import { clarityPart } from './to-clarity.ts';
import { competenciesFigure, competencyTitle, schoolRows } from './to-competencies.ts';
import { contestedPart } from './to-contested.ts';
import { heatPart } from './to-heat.ts';
import { inParts, trainedAspect } from './to-training.ts';

/** Picks from a cohort's round what its page shows, with its texts in the reader's language. */
export function toDashboard(dashboard: Dashboard, locale: Locale): DashboardPage {
  const { figures, instrument, schools, session, toRelease } = dashboard;
  const aspects = cohortAspects(instrument, figures);
  const byCode = new Map(aspects.map((aspect) => [aspect.code, aspect]));
  const trained = session.places.flatMap((place) => {
    const aspect = byCode.get(place.code);
    return aspect ? [trainedAspect(place, aspect, locale)] : [];
  });
  const isFew = figures.schools < LIMITS.minSchools;
  return {
    round: { id: figures.round.id, name: figures.round.name },
    cohort: figures.round.cohort,
    headline: headlineOf(instrument, figures, aspects, locale),
    answered: answeredText(dashboard, locale),
    leftOut: isFew ? '' : leftOutText(figures.leftOut, locale),
    few: isFew ? { why: whyFew(figures, locale), canRelease: toRelease, seesSchools: figures.seesSchools } : null,
    next: {
      parts: inParts(trained, locale),
      order: m.training_order_short({}, { locale }),
      isChanged: session.places.some(({ insteadOf }) => insteadOf !== null),
    },
    competencies: competenciesFigure(instrument, figures, schools, locale),
    schools: {
      note: schoolsNote(dashboard, locale),
      rows: schools === null || isFew ? [] : schoolRows(schools, locale),
    },
    heat: heatPart(instrument, aspects, locale),
    clarity: clarityPart(aspects, locale),
    contested: contestedPart(aspects, locale),
  };
}

/** Stands in a sentence where a title comes that is marked: a letter that is in no text. */
const MARK = '\u2063';

/** Where no sentence names a competency all of it stands in `before`. */
function headlineOf(
  instrument: Instrument,
  figures: RoundFigures,
  aspects: readonly CohortAspect[],
  locale: Locale,
): DashboardPage['headline'] {
  const meaning = aspects.filter(({ flags }) => flags.includes('U') || flags.includes('N')).length;
  const isKnown = aspects.some(({ clarity }) => clarity !== null && clarity.class !== 'insufficient');
  const none = isKnown ? m.dashboard_head_no_meaning({}, { locale }) : '';
  const more = meaning > 0 ? m.dashboard_head_meaning({ count: meaning, of: aspects.length }, { locale }) : none;
  const headline = cohortHeadline(figures.views);
  if (headline.kind === 'alike') return whole(m.dashboard_head_alike({}, { locale }), more);
  if (headline.kind === 'nothing') return whole(m.dashboard_head_one_view({}, { locale }), more);
  const [one, other] = PAIR_VIEWS[headline.pair];
  const said = { one: groupWord(one, locale), other: groupWord(other, locale) };
  const marked = competencyTitle(instrument, headline.competency, locale);
  const [before = '', after = ''] = m.dashboard_head_apart({ ...said, competency: MARK }, { locale }).split(MARK);
  return { before, marked: `‘${marked}’`, after, more };
}

function whole(sentence: string, more: string): DashboardPage['headline'] {
  return { before: sentence, marked: '', after: '', more };
}

/** Of whom the round asked, or answers were imported: a list can be for two of the roles. */
function answeredText({ response }: Dashboard, locale: Locale): string {
  const asked = VIEWS.filter((view) => response[view].asked > 0);
  const views = asked.map((view) =>
    m.dashboard_answered_view({ ...response[view], group: groupWord(view, locale) }, { locale }),
  );
  return m.dashboard_answered({ views: formatList(views, locale) }, { locale });
}

function whyFew({ schools, leftOut }: RoundFigures, locale: Locale): string {
  // More schools than these take part: what is awaited is a release.
  const isAwaited = leftOut !== null && leftOut.all >= LIMITS.minSchools;
  return isAwaited ? leftOutFewText(leftOut, locale) : fewSchoolsText(schools, locale);
}

function schoolsNote({ schools }: Dashboard, locale: Locale): string {
  return schools === null ? m.dashboard_no_dots_note({}, { locale }) : m.dashboard_dots_note({}, { locale });
}
