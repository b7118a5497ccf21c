import { describe, expect, it } from 'vitest';
import { startApp } from '#lib/server/app.ts';
import {
  deskForEachTest,
  importsOn,
  jsonLines,
  LONG_FORM,
  must,
  SEED_LIST,
  teamRows,
} from '../support/command-line.ts';
import { openRound, makeCohort, makeTrainer, addSeries, fillAndSubmit } from '../support/factories.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';

const desk = deskForEachTest();
const { csv, importRows, report, names } = importsOn(desk);

describe('an import', () => {
  it('without --create names what is missing, each once, and changes nothing', async () => {
    const ran = await importRows([...teamRows('T0'), ...teamRows('T1')]);
    expect(ran.status).toBe(1);
    expect(ran.out).toBe('');
    expect(ran.err).toBe(
      `${desk().file('rows.csv')}:2:1: There is no cohort ‘C’ yet.\nAdd --create to make what is missing.\n`,
    );
    await must(importRows(teamRows('T0'), '--create'));
    const second = await importRows([...teamRows('T1'), ...teamRows('T1', { school: '12AB' })]);
    expect(second.err.split('\n').slice(0, 2)).toEqual([
      `${desk().file('rows.csv')}:2:5: This cohort has no round ‘T1’ yet.`,
      `${desk().file('rows.csv')}:7:3: There is no school ‘12AB’ yet.`,
    ]);
  });

  it('with --dry-run says what it would do, and does not', async () => {
    const out = await must(importRows(teamRows('T0'), '--create', '--dry-run', '--json'));
    expect(JSON.parse(out)).toEqual({
      ...{ dryRun: true, cohorts: 1, schools: 1, rounds: 1, responses: 5, answers: 5, unchanged: 0 },
    });
    expect((await desk().run('report', '--cohort', 'C', '--json')).err).toBe('There is no cohort “C”.\n');
  });

  it('says in words what came in', async () => {
    expect(await must(importRows(teamRows('T0'), '--create'))).toBe(
      'Imported 5 new forms with 5 answers; 0 forms were there already. New: 1 cohort, 1 school, 1 round.\n',
    );
    const one = [...teamRows('T0'), 'C,S2,T0,ib,I2,A01,5,J,0'];
    expect(await must(importRows(one, '--create'))).toBe(
      'Imported 1 new form with 1 answer; 5 forms were there already. New: 0 cohorts, 1 school, 0 rounds.\n',
    );
  });

  it('that is wrong at row 90,000 names that row and changes nothing', async () => {
    const rows: string[] = [];
    for (let rater = 0; rows.length < 90_000; rater += 1) {
      const codes = Array.from({ length: 90 }, (_, index) => `A${String(index + 1).padStart(2, '0')}`);
      rows.push(...codes.map((code) => `C,S${rater % 40},T0,teacher,L${rater},${code},4,J,0`));
    }
    rows[89_999] = rows[89_999]?.replace(',4,J', ',6,J') ?? '';
    const ran = await importRows(rows, '--create');
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(new RegExp(`^${desk().file('rows.csv')}:90001:\\d+: [^\n]+\n$`));
    expect((await desk().run('report', '--cohort', 'C', '--json')).err).toBe('There is no cohort “C”.\n');
    rows[89_999] = rows[89_999]?.replace(',6,J', ',4,J') ?? '';
    expect(JSON.parse(await must(importRows(rows, '--create', '--dry-run', '--json')))).toMatchObject({
      responses: 1000,
    });
  }, 60_000);

  it('of the same rows again changes nothing', async () => {
    await must(importRows(teamRows('T0'), '--create'));
    const before = await report();
    const out = await must(importRows(teamRows('T0'), '--json'));
    expect(JSON.parse(out)).toMatchObject({ responses: 0, answers: 0, unchanged: 5 });
    expect(await report()).toEqual(before);
  });

  it('refuses another answer, or fewer, of a form that is there', async () => {
    await must(importRows([...teamRows('T0'), 'C,S,T0,director,D,A02,3,J,0'], '--create'));
    const other = await importRows(teamRows('T0').map((row) => row.replace('L2,A01,2', 'L2,A01,5')));
    expect(other.status).toBe(1);
    expect(other.err).toBe(
      `${desk().file('rows.csv')}:2:17: More answers of ‘D’ were imported before than are here now. It is about A02.\n` +
        `${desk().file('rows.csv')}:5:19: A different answer of ‘L2’ was imported here before.\n`,
    );
  });

  it('reads "not answered" and a row that is left out as the same', async () => {
    await must(importRows([...teamRows('T0'), 'C,S,T0,director,D,A02,NA,M,0'], '--create'));
    expect(JSON.parse(await must(importRows(teamRows('T0'), '--json')))).toMatchObject({ responses: 0, unchanged: 5 });
  });

  it('adds new forms to a round that was imported, until one of its reports was released', async () => {
    await must(importRows(teamRows('T0'), '--create'));
    const later = [...teamRows('T0'), ...['L4', 'L5', 'L6'].map((rater) => `C,S,T0,teacher,${rater},A01,5,J,0`)];
    expect(JSON.parse(await must(importRows(later, '--json')))).toMatchObject({ responses: 3, unchanged: 5 });
    expect((await report())[0]?.raters.teacher).toEqual({ invited: 6, answered: 6 });
    const app = await startApp(desk().env);
    const { id, roundId, cohortId } = await app.db
      .selectFrom('school_round')
      .innerJoin('round', 'round.id', 'school_round.round_id')
      .select(['school_round.id', 'round.id as roundId', 'round.cohort_id as cohortId'])
      .executeTakeFirstOrThrow();
    // Until then its trainers see no figures, for the next import would be the difference between two of them.
    const trainer = { ...(await makeTrainer(app.db)), cohortIds: [cohortId] };
    expect(await reports.roundFigures(app.db, trainer, roundId)).toBeNull();
    await rounds.release(app.db, trainer, roundId, [id]);
    expect(await reports.roundFigures(app.db, trainer, roundId)).not.toBeNull();
    await rounds.withdrawRelease(app.db, trainer, roundId, [id]);
    await app.close();
    const refused = await importRows([
      ...later,
      ...['L7', 'L8', 'L9'].map((rater) => `C,S,T0,teacher,${rater},A01,5,J,0`),
    ]);
    expect(refused.err.split('\n')[0]).toBe(
      `${desk().file('rows.csv')}:10:16: The reports of this round have been released. The form of ‘L7’ cannot be added any more.`,
    );
    expect(JSON.parse(await must(importRows(later, '--json')))).toMatchObject({ responses: 0, unchanged: 8 });
  });

  it('refuses one or two teachers more beside a view that could be read: the difference is what they answered', async () => {
    await must(importRows(teamRows('T0'), '--create'));
    const before = await report();
    const more = (count: number) => Array.from({ length: count }, (_, index) => `C,S,T0,teacher,N${index},A01,5,J,0`);
    for (const count of [1, 2]) {
      const ran = await importRows([...teamRows('T0'), ...more(count)]);
      expect(ran.status).toBe(1);
      expect(ran.err).toMatch(/:7:16: This school already has answers of 3 teachers\. Add at least 3 at once/);
    }
    expect(await report()).toEqual(before);
    await must(importRows([...teamRows('T0'), ...more(3)]));
    expect((await report())[0]?.raters.teacher.answered).toBe(6);
  });

  it('takes one teacher more where the view was closed before, or open by agreement', async () => {
    const two = teamRows('T0').slice(0, 4);
    await must(importRows(two, '--create'));
    await must(importRows([...two, 'C,S,T0,teacher,L3,A01,3,J,0']));
    await must(importRows(teamRows('T1'), '--create', '--mode', 'open'));
    await must(importRows([...teamRows('T1'), 'C,S,T1,teacher,L4,A01,3,J,0'], '--mode', 'open'));
  });

  it('refuses another mode, and a second director', async () => {
    await must(importRows(teamRows('T0'), '--create'));
    const open = await importRows(teamRows('T0'), '--mode', 'open');
    expect(open.err).toBe(
      `${desk().file('rows.csv')}:2:3: This school was promised something else for this round: protected.\n`,
    );
    const second = await importRows(['C,S,T0,ib,I,A01,5,J,0', 'C,S,T0,director,D2,A01,3,J,0']);
    expect(second.err).toBe(
      `${desk().file('rows.csv')}:3:17: The role director is already taken by ‘D’ in this round of this school.\n`,
    );
  });

  it('refuses a round that was run in the app, and leaves it as it was', async () => {
    const app = await startApp(desk().env);
    const cohort = await makeCohort(app.db, { name: 'C', secret: app.config.secret });
    await addSeries(app.db, cohort, { school: 'S' });
    const round = await openRound(app.db, cohort);
    for (const person of round.invited) await fillAndSubmit(app.db, person);
    await rounds.close(app.db, cohort.trainer, round.id);
    await app.close();
    const before = await report();
    const ran = await importRows(teamRows('T0'), '--create');
    expect(ran.status).toBe(1);
    expect(ran.err).toContain(':2:5: Round ‘T0’ of this cohort was run with Drieluik itself.');
    expect(await report()).toEqual(before);
    await must(importRows(teamRows('T1', { ib: '' }), '--create'));
    expect((await report()).map((line) => `${line.round} ${line.ratee}`)).toEqual([
      'T0 Marloes Hendriks',
      'T1 Marloes Hendriks',
    ]);
  });
});

describe('who was rated', () => {
  it('is the IB’er’s own id; carried over to a round without one; a new id starts a new series', async () => {
    await must(
      importRows([...teamRows('T0'), ...teamRows('T1', { ib: '' }), ...teamRows('T2', { ib: 'J' })], '--create'),
    );
    expect(await names()).toEqual(['S T0 I', 'S T1 I', 'S T2 J']);
  });

  it('is carried over from what was imported earlier', async () => {
    await must(importRows(teamRows('T0'), '--create'));
    await must(importRows(teamRows('T1', { ib: '' }), '--create'));
    expect(await names()).toEqual(['S T0 I', 'S T1 I']);
  });

  it('comes from the next round when no earlier one names anybody, and else stays unnamed', async () => {
    await must(importRows([...teamRows('T0', { ib: '' }), ...teamRows('T1')], '--create'));
    expect(await names()).toEqual(['S T0 I', 'S T1 I']);
    await must(importRows(teamRows('T0', { ib: '', cohort: 'E' }), '--create'));
    expect((await report('E')).map(({ ratee }) => ratee)).toEqual([null]);
  });

  it('is said by the column ratee, also for two IB’ers at one school', async () => {
    const header = `${LONG_FORM},ratee`;
    const rows = ['I', 'J'].flatMap((ratee) => teamRows('T0', { ib: ratee }).map((row) => `${row},${ratee}`));
    await must(desk().run('import-responses', csv(rows, header), ...SEED_LIST, '--create'));
    expect((await names()).sort()).toEqual(['S T0 I', 'S T0 J']);
    expect((await report()).map(({ raters }) => raters.teacher.answered)).toEqual([3, 3]);
  });

  it('has to be said when there are two IB’ers', async () => {
    const ran = await importRows([...teamRows('T0'), 'C,S,T0,ib,J,A01,4,J,0'], '--create');
    expect(ran.status).toBe(1);
    expect(ran.err.split('\n')[0]).toBe(
      `${desk().file('rows.csv')}:2:17: This school has more than one IB’er in this round. Say in the column ratee whom this form is about.`,
    );
  });

  it('cannot change by a second file without the column ratee', async () => {
    await must(importRows(teamRows('T0', { ib: '' }), '--create'));
    const ran = await importRows(teamRows('T0'));
    expect(ran.status).toBe(1);
    expect(ran.err).toContain('Something about another IB’er');
  });
});

describe('schools and rounds', () => {
  it('12AB and 12AB00 are one school; a code that is no BRIN is a name', async () => {
    const rows = [
      ...teamRows('T0', { school: '12AB' }),
      ...teamRows('T1', { school: '12ab00' }),
      ...teamRows('T0', { school: 'De Ark' }),
    ];
    await must(importRows(rows, '--create'));
    expect(await names()).toEqual(['12AB00 T0 I', 'De Ark T0 I', '12AB00 T1 I']);
    const found = await must(desk().run('report', '--cohort', 'C', '--school', '12ab', '--json'));
    expect(jsonLines(found)).toHaveLength(2);
  });

  it('rounds are in the order of their names, whatever the order of the files', async () => {
    await must(importRows(teamRows('T2'), '--create'));
    await must(importRows(teamRows('T0'), '--create'));
    await must(importRows(teamRows('T10'), '--create'));
    expect((await report()).map(({ round }) => round)).toEqual(['T0', 'T2', 'T10']);
  });
});
