import { VIEWS } from '#lib/analysis/types.ts';
import type { ReportLine } from '#lib/server/reports/service.ts';

const WIDTH = 18;

/** A school round's competency scores as a table for the terminal; a withheld figure shows its reason. */
export function reportTable({ cohort, school, round, ratee, mode, raters, competencies }: ReportLine): string {
  const head = `${cohort} · ${school} · ${round} · ${ratee ?? 'IB’er unknown'} · ${mode} mode`;
  const answered = VIEWS.map((view) => `${raters[view].answered}/${raters[view].invited}`);
  const scores = competencies.map(({ code, views }) =>
    row(
      code,
      VIEWS.map((view) => figure(views[view])),
    ),
  );
  return [head, row('', [...VIEWS]), row('answered', answered), ...scores, ''].map((line) => `${line}\n`).join('');
}

function figure({ score, reason }: { score: number | null; reason?: string }): string {
  return score === null ? (reason ?? '–') : score.toFixed(2);
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(12)}${cells.map((cell) => cell.padEnd(WIDTH)).join('')}`.trimEnd();
}
