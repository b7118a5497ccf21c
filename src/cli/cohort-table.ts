import type { CohortReport } from '#lib/server/reports/service.ts';
import { counted } from './words.ts';

/** A cohort's figures as tables for the terminal: means, flagged aspects, and what was asked beside them. */
export function cohortTable(report: CohortReport): string {
  return [...roundLines(report), ...changeLines(report), ...comparisonLines(report)]
    .map((line) => `${line}\n`)
    .join('');
}

function roundLines({ cohort, round, schools, views, clarity }: CohortReport): string[] {
  const means = byCompetency(views, ({ view, mean, n, reason }) => `${view} ${mean?.toFixed(2) ?? reason} (${n})`);
  const flagged = clarity.filter(({ flags }) => flags.length > 0);
  const lines = flagged.map((row) => `  ${row.aspect.padEnd(12)}${row.class.padEnd(20)}${row.flags.join(' ')}`);
  return [
    `${cohort} · ${round} · ${counted(schools, 'school')}`,
    'Means a view (schools):',
    ...means,
    `Aspects with a flag: ${flagged.length}`,
    ...lines,
  ];
}

function changeLines({ change, aspectsThatChanged = [] }: CohortReport): string[] {
  if (change === undefined) return [];
  const rows = byCompetency(change, ({ view, n, mean, ci_low, ci_high, reason }) => {
    return `${view} ${mean === null ? reason : withInterval(mean, ci_low, ci_high)} (${n})`;
  });
  const dropped = change.map(({ view, competency, dropped: counts }) => {
    const words = Object.entries(counts).map(([reason, n]) => `${reason} ${n}`);
    return words.length === 0 ? [] : [`  ${competency.padEnd(6)}${view.padEnd(10)}${words.join(', ')}`];
  });
  return [
    `Change since ${change[0]?.from ?? ''} (matched schools):`,
    ...rows,
    'Schools that are not in it:',
    ...dropped.flat(),
    ...aspectLines('changed', aspectsThatChanged),
  ];
}

function comparisonLines({ comparison, aspectsThatDiffer = [] }: CohortReport): string[] {
  if (comparison === undefined) return [];
  const rows = byCompetency(comparison, ({ view, n, n_other, difference, ci_low, ci_high, reason }) => {
    return `${view} ${difference === null ? reason : withInterval(difference, ci_low, ci_high)} (${n}, ${n_other})`;
  });
  return [
    `${comparison[0]?.other ?? ''} minus this cohort (schools):`,
    ...rows,
    ...aspectLines('differ', aspectsThatDiffer),
  ];
}

function aspectLines(word: string, aspects: NonNullable<CohortReport['aspectsThatDiffer']>): string[] {
  const lines = aspects.map((one) => `  ${one.aspect.padEnd(12)}${one.view.padEnd(10)}${signed(one.difference)}`);
  return [`Aspects that ${word} (q ≤ .05): ${aspects.length}`, ...lines];
}

function byCompetency<Row extends { competency: string }>(rows: readonly Row[], cell: (row: Row) => string): string[] {
  return [...Map.groupBy(rows, ({ competency }) => competency)].map(
    ([competency, own]) => `  ${competency.padEnd(6)}${own.map(cell).join('   ')}`,
  );
}

function withInterval(value: number, low: number | null, high: number | null): string {
  return low === null || high === null ? signed(value) : `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}
