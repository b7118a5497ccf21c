import { rollups } from 'd3-array';
import { describe, expect, it } from 'vitest';
import { pairedChange } from '#lib/analysis/paired-change.ts';
import { schoolChange } from '#lib/server/reports/school-change.ts';
import { MODES, byKey, rowKey, schools } from '../support/seed-rounds.ts';
import { pairedWords } from '../support/vector-words.ts';
import type { Figures } from '../support/vector-words.ts';
import { field, keyed, num, rowDifferences, vectorCsv, vectorJson, viewOf } from '../support/vectors.ts';

/** Change of every school between the pairs of rounds of the vectors. */
const changes = MODES.flatMap((mode) =>
  [
    ['T0', 'T1'],
    ['T1', 'T2'],
    ['T2', 'T3'],
    ['T0', 'T3'],
  ].flatMap(([from = '', to = '']) =>
    schools.flatMap((school) => {
      const [earlier, later] = [byKey.get(`${mode} ${school} ${from}`), byKey.get(`${mode} ${school} ${to}`)];
      const same = { ib: earlier?.ratee === later?.ratee, director: earlier?.director === later?.director };
      return schoolChange(earlier?.figures ?? null, later?.figures ?? null, same).map((change) => ({
        ...change,
        mode,
        school,
        between: `${from} ${to}`,
        cohort: (earlier ?? later)?.cohort ?? '',
      }));
    }),
  ),
);

describe('change in the simulated cohorts', () => {
  it('per school, with the reason where there is none', () => {
    const listed = vectorCsv('seedA/expected_change_school.csv');
    expect(listed).toHaveLength(2304);
    // A school without either round has no rows with us; the vectors say `round_missing` there.
    const rows = listed.filter((row) =>
      ['from', 'to'].some((end) => byKey.has(`${field(row, 'mode')} ${field(row, 'school')} ${field(row, end)}`)),
    );
    const neither = listed.filter((row) => !rows.includes(row));
    expect(neither).toHaveLength(24);
    expect(new Set(neither.map((row) => field(row, 'reason')))).toEqual(new Set(['round_missing']));
    const actual = keyed(
      changes,
      ({ mode, between, view, competency, school }) => `${mode} ${between} ${view} ${competency} ${school}`,
      ({ from, to, status, change }) => ({ x1: from, x2: to, reason: status, change }),
    );
    const wanted = keyed(rows, rowKey('mode', 'from', 'to', 'view', 'competency', 'school'), (row) => {
      const [x1, x2] = [num(row, 'x1'), num(row, 'x2')];
      return { x1, x2, reason: field(row, 'reason'), change: x1 === null || x2 === null ? null : x2 - x1 };
    });
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('per cohort and for both, over matched schools', () => {
    const { change: rows } = vectorJson<{ change: Figures[] }>('seedA/expected.json');
    expect(rows).toHaveLength(288);
    const found = ['ALL', 'C1', 'C2'].flatMap((cohort) =>
      rollups(
        changes.filter((change) => cohort === 'ALL' || change.cohort === cohort),
        (group) =>
          pairedChange(
            group.map(({ from }) => from),
            group.map(({ to }) => to),
          ),
        ({ mode, between, view, competency }) => `${mode} ${between} ${view} ${competency} ${cohort}`,
      ),
    );
    const actual = keyed(
      found,
      ([key]) => key,
      ([, change]) => pairedWords(change),
    );
    const wanted = keyed(
      rows,
      ({ mode, from, to, view, competency, cohort }) =>
        `${mode} ${from} ${to} ${viewOf(String(view))} ${competency} ${cohort}`,
      ({ mode: _mode, from: _from, to: _to, view: _view, competency: _competency, cohort: _cohort, ...rest }) => rest,
    );
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });
});
