import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { droppedRows } from '#lib/compare-page/to-dropped.ts';
import type { TakingPart, Told } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { formatShare } from '#lib/text/shares.ts';
import { withheld } from './reasons.ts';

/** Who filled in, round by round, and which schools are not in the latest change. */
export function responsePart({ rounds, sinceStart }: CohortCourse, locale: Locale): TakingPart {
  const latest = sinceStart.at(-1);
  return {
    caption: captionOf(rounds.at(-1), locale),
    lines: rounds.map(({ name, schools, response: { byView, reason } }) => ({
      round: name,
      schools: String(schools),
      cells: VIEWS.map((view) => ({
        view,
        told: byView === null ? withheld(reason, locale) : toldOf(byView[view], locale),
      })),
    })),
    dropped: latest ? droppedRows(latest.changes, locale) : [],
  };
}

type Round = CohortCourse['rounds'][number];
type ViewResponse = NonNullable<Round['response']['byView']>[View];

function toldOf(one: ViewResponse, locale: Locale): Told {
  if (one.invited === null) return withheld(one.reason, locale);
  return { text: m.programme_response_of(one, { locale }) };
}

function captionOf(latest: Round | undefined, locale: Locale): string {
  if (latest?.response.reason === 'too_few_schools') {
    return m.programme_response_few({ round: latest.name }, { locale });
  }
  if (!latest?.response.byView) return m.programme_response_not_recorded({}, { locale });
  const all = Object.values(latest.response.byView);
  const [invited, answered] = [
    all.reduce((sum, one) => sum + (one.invited ?? 0), 0),
    all.reduce((sum, one) => sum + (one.answered ?? 0), 0),
  ];
  const share = formatShare(invited === 0 ? 0 : answered / invited, locale);
  return m.programme_response_caption({ round: latest.name, share }, { locale });
}
