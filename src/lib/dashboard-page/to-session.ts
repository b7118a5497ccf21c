import type { SessionItem, SessionPage } from '#lib/components/dashboard/dashboard-page.ts';
import type { Dashboard } from '#lib/server/dashboard/service.ts';
import { WHOLE } from '#lib/server/next-session/service.ts';
import type { NextSession } from '#lib/server/next-session/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { cohortAspects } from './facts.ts';
import { byReading, trainedAspect } from './to-training.ts';

/** What the page of a session shows; `swapping` is the place that the reader wants another aspect for. */
export function toSession(
  { figures, instrument, session }: Pick<Dashboard, 'figures' | 'instrument' | 'session'>,
  swapping: string | null,
  locale: Locale,
): SessionPage {
  const aspects = new Map(cohortAspects(instrument, figures).map((aspect) => [aspect.code, aspect]));
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
  const isPlace = items.some(({ proposed }) => proposed === swapping);
  const others = session.others.flatMap((pick) => {
    const aspect = aspects.get(pick.code);
    return aspect ? [trainedAspect(pick, aspect, locale)] : [];
  });
  return {
    round: { id: figures.round.id, name: figures.round.name },
    cohort: figures.round.cohort,
    count: items.length,
    groups: byReading(items, locale),
    swap: swapping !== null && isPlace ? { proposed: swapping, groups: byReading(others, locale) } : null,
    note: noteOf(session, WHOLE),
  };
}

function noteOf({ notes }: NextSession, aspect: string): { text: string; version: number } {
  const { text = '', version = 0 } = notes.get(aspect) ?? {};
  return { text, version };
}
