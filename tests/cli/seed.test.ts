import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import type { CohortReport, ReportLine } from '#lib/server/reports/service.ts';
import { jsonLines, makeDesk, must, publishSeedList, seedResponses } from '../support/command-line.ts';
import type { Desk } from '../support/command-line.ts';
import type { Figures } from '../support/vector-words.ts';
import { field, keyed, num, ourWords, rowDifferences, vectorCsv, vectorJson, viewOf } from '../support/vectors.ts';
import type { Row } from '../support/vectors.ts';

const COHORTS = ['C1', 'C2'];
const ROUNDS = ['T0', 'T1', 'T2', 'T3'];
const SPANS = [
  ['T0', 'T1'],
  ['T1', 'T2'],
  ['T2', 'T3'],
  ['T0', 'T3'],
];

/** Our reasons for a drop in the words of the vectors; every other reason is a score that is missing: `insufficient`. */
const WORDS: Record<string, string> = {
  ratee_changed: 'ratee_changed',
  director_changed: 'director_changed',
  left: 'round_missing',
  not_in_later: 'round_missing',
  not_in_earlier: 'round_missing',
};

type SeedFigures = {
  change: Figures[];
  cohort_diff: Figures[];
  bh_cohort_aspects: { round: string; view: string; n_sig_q05: number }[];
};
const seedFigures = () => vectorJson<SeedFigures>('seedA/expected.json');

async function cohortReport(desk: Desk, ...args: string[]): Promise<CohortReport> {
  const [report] = jsonLines<CohortReport>(await must(desk.run('cohort-report', ...args, '--json')));
  if (!report) throw new Error('no report');
  return report;
}

/** How many schools drop out by reason; a school in neither round is in no cohort's round, and so in none of ours. */
function droppedInVectors(rows: Row[]): Record<string, number> {
  const inRound = new Map(
    vectorCsv('seedA/school_rounds.csv').map((row) => [
      `${field(row, 'school')} ${field(row, 'round')}`,
      field(row, 'cohort'),
    ]),
  );
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const school = field(row, 'school');
    const [from, to] = [field(row, 'from'), field(row, 'to')];
    const cohort = inRound.get(`${school} ${from}`) ?? inRound.get(`${school} ${to}`);
    if (cohort === undefined || field(row, 'reason') === 'ok') continue;
    const at = `${cohort} ${from} ${to} ${viewOf(field(row, 'view'))} ${field(row, 'competency')} ${field(row, 'reason')}`;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

const key =
  (...names: string[]) =>
  (row: Row) =>
    names.map((name) => ourWords(field(row, name))).join(' ');

describe.each(['protected', 'open'] as const)('the simulated cohorts through the command line, %s mode', (mode) => {
  let desk: Desk;
  let lines: ReportLine[];
  const wantedRows = (file: string) => vectorCsv(`seedA/${file}`).filter((row) => field(row, 'mode') === mode);

  beforeAll(async () => {
    desk = makeDesk();
    await publishSeedList(desk);
    const file = seedResponses(desk);
    await must(desk.run('import-responses', file, '--instrument', 'seed@1.0.0', '--mode', mode, '--create'));
    // One after another: they run in this process, and one that waits for the other's write would hold it up.
    lines = [];
    for (const cohort of COHORTS)
      lines.push(...jsonLines<ReportLine>(await must(desk.run('report', '--cohort', cohort, '--json'))));
  }, 60_000);
  afterAll(() => desk.remove());

  it('has a line for every school and round, in the mode that was promised', () => {
    const rows = vectorCsv('seedA/school_rounds.csv');
    const wanted = rows.map((row) => `${field(row, 'cohort')} ${field(row, 'school')} ${field(row, 'round')}`);
    expect(lines.map((line) => `${line.cohort} ${line.school} ${line.round}`).sort()).toEqual(wanted.sort());
    expect(new Set(lines.map((line) => line.mode))).toEqual(new Set([mode]));
  });

  it('names who was rated, also where the IB’er was absent', () => {
    const wanted = vectorCsv('seedA/school_rounds.csv').map((row) => `${key('school', 'round', 'ratee')(row)}`);
    expect(lines.map((line) => `${line.school} ${line.round} ${line.ratee}`).sort()).toEqual(wanted.sort());
  });

  it('competency scores', () => {
    const actual = keyed(
      lines.flatMap((at) =>
        at.competencies.flatMap(({ code, aspects, views }) =>
          VIEWS.map((view) => ({ key: `${at.school} ${at.round} ${view} ${code}`, m: aspects, ...views[view] })),
        ),
      ),
      (row) => row.key,
      ({ m, judged, score, status }) => ({ m, n_judged: judged, score, status }),
    );
    const rows = wantedRows('expected_competency.csv');
    expect(rows).toHaveLength(1116);
    const wanted = keyed(rows, key('school', 'round', 'view', 'competency'), (row) => ({
      m: num(row, 'm'),
      n_judged: num(row, 'n_judged'),
      score: num(row, 'score'),
      status: field(row, 'status'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('gaps', () => {
    const actual = keyed(
      lines.flatMap((at) =>
        at.competencies.flatMap(({ code, gaps }) =>
          PAIRS.map((pair) => ({ key: `${at.school} ${at.round} ${code} ${pair}`, ...gaps[pair] })),
        ),
      ),
      (row) => row.key,
      ({ gap, common }) => ({ gap, n_common: common }),
    );
    const rows = wantedRows('expected_gap.csv');
    expect(rows).toHaveLength(1116);
    const wanted = keyed(rows, key('school', 'round', 'competency', 'pair'), (row) => ({
      gap: num(row, 'gap'),
      n_common: num(row, 'n_common'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('class and reading of every aspect', () => {
    const actual = keyed(
      lines.flatMap((at) =>
        at.aspects.map((aspect) => ({ key: `${at.school} ${at.round} ${aspect.code}`, ...aspect })),
      ),
      (row) => row.key,
      (aspect) => ({ class: aspect.class, reading: aspect.reading }),
    );
    const rows = wantedRows('expected_class_aspect.csv');
    expect(rows).toHaveLength(8649);
    const wanted = keyed(rows, key('school', 'round', 'aspect'), (row) => ({
      class: field(row, 'class'),
      reading: field(row, 'reading'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('class of every competency', () => {
    const actual = keyed(
      lines.flatMap((at) => at.competencies.map((one) => ({ key: `${at.school} ${at.round} ${one.code}`, ...one }))),
      (row) => row.key,
      (one) => ({ class: one.class }),
    );
    const rows = wantedRows('expected_class_competency.csv');
    expect(rows).toHaveLength(372);
    const wanted = keyed(rows, key('school', 'round', 'competency'), (row) => ({ class: field(row, 'class') }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('the level difference over all aspects', () => {
    const actual = keyed(
      lines.flatMap((at) =>
        PAIRS.map((pair) => ({ key: `${at.school} ${at.round} ${pair}`, ...at.overall.gaps[pair] })),
      ),
      (row) => row.key,
      ({ gap, common }) => ({ elevation: gap, n: common }),
    );
    const rows = wantedRows('expected_profile.csv');
    expect(rows).toHaveLength(279);
    const wanted = keyed(rows, key('school', 'round', 'pair'), (row) => ({
      elevation: num(row, 'elevation'),
      n: num(row, 'n'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('clarity of both cohorts', async () => {
    const reports: CohortReport[] = [];
    for (const cohort of COHORTS) {
      for (const round of ROUNDS) {
        const out = await must(desk.run('cohort-report', '--cohort', cohort, '--round', round, '--json'));
        reports.push(...jsonLines<CohortReport>(out));
      }
    }
    const actual = keyed(
      reports.flatMap((at) => at.clarity.map((row) => ({ key: `${at.cohort} ${at.round} ${row.aspect}`, ...row }))),
      (row) => row.key,
      ({ cells, schools, U, C, C_director, C_ib, C_teacher, N, K, flags, class: word }) => ({
        ...{ n_cells: cells, n_schools: schools, U, C, C_director, C_ib, C_teacher, N, K },
        ...{ flags: flags.join(';'), class: word },
      }),
    );
    const rows = vectorCsv('seedA/expected_clarity.csv').filter((row) => COHORTS.includes(field(row, 'cohort')));
    expect(rows).toHaveLength(744);
    const wanted = keyed(rows, key('cohort', 'round', 'aspect'), (row) => ({
      n_cells: num(row, 'n_cells'),
      n_schools: num(row, 'n_schools'),
      U: num(row, 'U'),
      C: num(row, 'C'),
      C_director: num(row, 'C_director'),
      C_ib: num(row, 'C_self'),
      C_teacher: num(row, 'C_teachers'),
      N: num(row, 'N'),
      K: num(row, 'K'),
      flags: ourWords(field(row, 'flags')),
      class: field(row, 'class'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('change of both cohorts, with who dropped out and why', async () => {
    const found = new Map<string, unknown>();
    const dropped = new Map<string, number>();
    for (const cohort of COHORTS) {
      for (const [from = '', to = ''] of SPANS) {
        const report = await cohortReport(desk, '--cohort', cohort, '--round', to, '--from', from);
        for (const row of report.change ?? []) {
          const { n, status, mean, ci_low, ci_high, g_av } = row;
          found.set(`${cohort} ${from} ${to} ${row.view} ${row.competency}`, {
            ...{ n, status, mean_change: mean, ci_low, ci_high, g_av },
          });
          for (const [reason, count] of Object.entries(row.dropped)) {
            const at = `${cohort} ${from} ${to} ${row.view} ${row.competency} ${WORDS[reason] ?? 'insufficient'}`;
            dropped.set(at, (dropped.get(at) ?? 0) + count);
          }
        }
      }
    }
    const rows = seedFigures().change.filter((row) => row.mode === mode && row.cohort !== 'ALL');
    expect(rows).toHaveLength(96);
    const wanted = keyed(
      rows,
      ({ cohort, from, to, view, competency }) => `${cohort} ${from} ${to} ${viewOf(String(view))} ${competency}`,
      ({ n = null, status = null, mean_change = null, ci_low = null, ci_high = null, g_av = null }) => ({
        ...{ n, status, mean_change, ci_low, ci_high, g_av },
      }),
    );
    expect(rowDifferences(found as typeof wanted, wanted)).toEqual([]);
    expect(Object.fromEntries(dropped)).toEqual(droppedInVectors(wantedRows('expected_change_school.csv')));
  });

  it('compares the cohorts, other minus this', async () => {
    const found = new Map<string, unknown>();
    const differ: string[] = [];
    for (const round of ROUNDS) {
      const report = await cohortReport(desk, '--cohort', 'C1', '--round', round, '--other', 'C2');
      for (const { view, competency, difference, ci_low, ci_high } of report.comparison ?? []) {
        found.set(`${round} ${view} ${competency}`, { diff: difference, ci_low, ci_high });
      }
      differ.push(...(report.aspectsThatDiffer ?? []).map(({ aspect, view }) => `${round} ${view} ${aspect}`));
    }
    // The vectors compare the cohorts over all answers, which are all shown in open mode.
    if (mode !== 'open') return;
    const { cohort_diff: rows, bh_cohort_aspects: blocks } = seedFigures();
    const wanted = keyed(
      rows,
      ({ round, view, competency }) => `${round} ${viewOf(String(view))} ${competency}`,
      ({ diff = null, ci_low = null, ci_high = null }) => ({ diff, ci_low, ci_high }),
    );
    expect(rowDifferences(found as typeof wanted, wanted)).toEqual([]);
    for (const { round, view, n_sig_q05 } of blocks) {
      expect(differ.filter((one) => one.startsWith(`${round} ${viewOf(view)} `))).toHaveLength(n_sig_q05);
    }
  });

  it('a school is found by its name, a round by its name, and what is not there is refused', async () => {
    const one = await must(desk.run('report', '--cohort', 'C1', '--school', 'S01', '--round', 'T0', '--json'));
    expect(jsonLines<ReportLine>(one)).toHaveLength(1);
    const none = await desk.run('report', '--cohort', 'C1', '--school', 'S99', '--json');
    expect(none).toEqual({ status: 1, out: '', err: 'Cohort “C1” has no closed round with school S99.\n' });
  });
});
