import { redirect } from '@sveltejs/kit';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { cohortAspects, type CohortAspect } from '#lib/dashboard-page/facts.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as wording from '#lib/server/wording/service.ts';
import { flagAdvice, flagWord } from '#lib/text/cohort-words.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const chosen = url.searchParams.get('aspect');
  if (chosen !== null) redirect(303, `/rounds/${params.round}/wording/${encodeURIComponent(chosen)}`);
  const figures = await orError(reports.roundFigures(db, actor, params.round));
  const { round, cohort } = await orError(overview(db, actor, params.round));
  const head = { round: { id: round.id, name: round.name }, cohort: { id: cohort.id, name: cohort.name } };
  if (figures === null) return { ...head, work: null };
  const { instrument } = await instruments.load(db, round.instrumentVersionId);
  const proposals = await orError(wording.ofRound(db, actor, params.round));
  const aspects = cohortAspects(instrument, figures);
  const toLine = (aspect: CohortAspect) => lineOf(aspect, proposals.get(aspect.code)?.[0], locals.locale);
  const asks = ({ flags, code }: CohortAspect) => flags.length > 0 || proposals.has(code);
  return {
    ...head,
    work: {
      // What to word differently comes first by the list's own order: nobody reads a rank into it.
      lines: aspects.filter(asks).map(toLine),
      others: aspects
        .filter((aspect) => !asks(aspect))
        .map(({ code, listed }) => ({
          code,
          statement: listed.other[locals.locale],
        })),
      isKnown: figures.clarity.some((row) => row.class !== 'insufficient'),
      needed: { schools: CONSTANTS.clarityMinSchools, cells: CONSTANTS.clarityMinCells },
    },
  };
};

function lineOf({ code, listed, flags }: CohortAspect, proposal: wording.Proposal | undefined, locale: Locale) {
  return {
    code,
    statement: listed.other[locale],
    causes: flags.map((flag) => flagWord(flag, locale)),
    advice: [...new Set(flags.map((flag) => flagAdvice(flag, locale)))],
    stage: proposal?.stage ?? null,
    proposed: proposal?.other.nl ?? null,
  };
}
