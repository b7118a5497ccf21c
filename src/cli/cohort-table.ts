import type { CohortReport } from '#lib/server/reports/service.ts';
import { counted } from './words.ts';

/** A cohort's figures as tables for the terminal: means a view and competency, and the aspects with a flag. */
export function cohortTable({ cohort, round, schools, views, clarity }: CohortReport): string {
  const competencies = [...new Set(views.map(({ competency }) => competency))];
  const means = competencies.map((competency) => {
    const own = views.filter((view) => view.competency === competency);
    const cells = own.map(({ view, mean, n, reason }) => `${view} ${mean === null ? reason : mean.toFixed(2)} (${n})`);
    return `  ${competency.padEnd(6)}${cells.join('   ')}`;
  });
  const flagged = clarity.filter(({ flags }) => flags.length > 0);
  const lines = flagged.map((row) => `  ${row.aspect.padEnd(12)}${row.class.padEnd(20)}${row.flags.join(' ')}`);
  return [
    `${cohort} · ${round} · ${counted(schools, 'school')}`,
    'Means a view (schools):',
    ...means,
    `Aspects with a flag: ${flagged.length}`,
    ...lines,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
