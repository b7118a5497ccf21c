import type { SessionItem, SessionPage, SwapPart } from '#lib/components/dashboard/dashboard-page.ts';
import type { Dashboard } from '#lib/server/dashboard/service.ts';
import { WHOLE } from '#lib/server/next-session/service.ts';
import type { NextSession } from '#lib/server/next-session/service.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { readingWord } from '#lib/text/report-words.ts';
import { cohortAspects, type CohortAspect } from './facts.ts';
import { inParts, orderOf, trainedAspect } from './to-training.ts';

/** Which place the reader wants another aspect for, and what to look for; without a competency, that of the place. */
export type Swapping = { place: string; words: string; competency: string | null };

/** What the page of a session shows; `swapping` is null while no place is being swapped. */
export function toSession(
  { figures, instrument, session }: Pick<Dashboard, 'figures' | 'instrument' | 'session'>,
  swapping: Swapping | null,
  locale: Locale,
): SessionPage {
  const listed = cohortAspects(instrument, figures);
  const aspects = new Map(listed.map((aspect) => [aspect.code, aspect]));
  const statementOf = (code: string) => aspects.get(code)?.listed.other[locale] ?? code;
  const items = session.places.flatMap(({ insteadOf, ...place }): SessionItem[] => {
    const aspect = aspects.get(place.code);
    if (!aspect) return [];
    return [
      {
        ...trainedAspect(place, aspect, locale),
        proposed: insteadOf?.code ?? place.code,
        insteadOf: insteadOf && { code: insteadOf.code, statement: statementOf(insteadOf.code) },
        note: noteOf(session, place.code),
      },
    ];
  });
  return {
    round: { id: figures.round.id, name: figures.round.name },
    cohort: figures.round.cohort,
    count: items.length,
    parts: inParts(items, locale),
    order: orderOf(instrument, locale),
    clarity: clarityText(listed, items, locale),
    swap: swapping && swapOf(session, aspects, swapping, locale),
    note: noteOf(session, WHOLE),
  };
}

function noteOf({ notes }: NextSession, aspect: string): { text: string; version: number } {
  const { text = '', version = 0 } = notes.get(aspect) ?? {};
  return { text, version };
}

/** Null where the session has no such place. */
function swapOf(
  { places, others }: NextSession,
  aspects: ReadonlyMap<string, CohortAspect>,
  { place, words, competency }: Swapping,
  locale: Locale,
): SwapPart | null {
  const at = places.find(({ code, insteadOf }) => (insteadOf?.code ?? code) === place);
  if (!at) return null;
  return {
    proposed: place,
    aspects: others.flatMap((pick) => {
      const aspect = aspects.get(pick.code);
      if (!aspect) return [];
      const word = readingWord(pick.reading, locale);
      return [{ ...trainedAspect(pick, aspect, locale), competencyCode: pick.competency, word }];
    }),
    query: { words, competency: competency ?? at.competency },
  };
}

/** How many of the statements that ask attention on the clarity list are in the session. */
function clarityText(listed: readonly CohortAspect[], items: readonly SessionItem[], locale: Locale): string {
  const flagged = new Set(listed.filter(({ flags }) => flags.length > 0).map(({ code }) => code));
  if (flagged.size === 0) return m.training_clarity_none({}, { locale });
  const here = items.filter(({ code }) => flagged.has(code)).length;
  return m.training_clarity({ count: flagged.size, here }, { locale });
}
