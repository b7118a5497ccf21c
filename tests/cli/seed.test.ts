import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import type { CohortReport, ReportLine } from '#lib/server/reports/service.ts';
import { jsonLines, makeDesk, must, publishSeedList, seedResponses } from '../support/command-line.ts';
import type { Desk } from '../support/command-line.ts';
import { field, keyed, num, ourWords, rowDifferences, vectorCsv } from '../support/vectors.ts';
import type { Row } from '../support/vectors.ts';

const COHORTS = ['C1', 'C2'];
const ROUNDS = ['T0', 'T1', 'T2', 'T3'];

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

  it('a school is found by its name, a round by its name, and what is not there is refused', async () => {
    const one = await must(desk.run('report', '--cohort', 'C1', '--school', 'S01', '--round', 'T0', '--json'));
    expect(jsonLines<ReportLine>(one)).toHaveLength(1);
    const none = await desk.run('report', '--cohort', 'C1', '--school', 'S99', '--json');
    expect(none).toEqual({ status: 1, out: '', err: 'Cohort “C1” has no closed round with school S99.\n' });
  });
});
