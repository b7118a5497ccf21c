import { cohortChartFile } from '#lib/charts/cohort-file.ts';
import type { CohortLane } from '#lib/charts/cohort-figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { competenciesFigure } from '#lib/dashboard-page/to-competencies.ts';
import { DomainError } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as downloads from '#lib/server/downloads/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { capital, viewWord } from '#lib/text/report-words.ts';

/** Teachers in the words of a view: more than one. */
const SEVERAL = 3;

const CHARTS: readonly string[] = ['competencies.svg', 'competencies.png'];

export function isChart(file: string): boolean {
  return CHARTS.includes(file);
}

/**
 * The chart of a cohort's picture as a file, from the same figure as the page: competencies.svg or competencies.png. Written to
 * the audit log before it is handed over.
 * @throws DomainError not_found when there is no such file or no closed round; not_found, forbidden where it is not this
 * person's to see; documents_busy
 */
export async function chartFile(
  db: Db,
  readDb: Db,
  actor: Actor,
  roundId: string,
  { file, locale, signal }: { file: string; locale: Locale; signal?: AbortSignal },
): Promise<downloads.Download> {
  if (!isChart(file)) throw new DomainError('not_found');
  const found = await dashboards.get(readDb, actor, roundId);
  if (!dashboards.hasFigures(found)) throw new DomainError('not_found');
  const { cohort, name: round } = found.figures.round;
  const figure = competenciesFigure(found.instrument, found.figures, found.schools, locale);
  const at = { locale };
  const name = (view: 'director' | 'ib' | 'teacher') => capital(viewWord(view, SEVERAL, locale));
  const title = m.dashboard_title({ cohort: cohort.name, round }, at);
  const names = { director: name('director'), ib: name('ib'), teacher: name('teacher') };
  const svg = cohortChartFile(figure, { title, names, lane: (lane) => laneText(lane, locale) }, PAPER);
  await audit.record(db, actor, 'cohort.figures_downloaded', { type: 'round', id: roundId }, { file });
  const parts = ['drieluik', cohort.name, round, m.export_name_chart({}, at)].map(downloads.plainName).filter(Boolean);
  const isPicture = file.endsWith('.png');
  return {
    name: `${parts.join('-')}.${isPicture ? 'png' : 'svg'}`,
    type: isPicture ? downloads.TYPES.png : downloads.TYPES.svg,
    bytes: isPicture ? await downloads.writePng(svg, signal) : new TextEncoder().encode(svg),
  };
}

function laneText(lane: CohortLane, locale: Locale): string {
  if (lane.value === null) return lane.text;
  const words = lane.interval === null ? lane.text : `${lane.text} (${lane.interval.text})`;
  return m.export_chart_lane({ words, n: lane.n }, { locale });
}
