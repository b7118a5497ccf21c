import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as service from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import * as lists from '../support/team-lists.ts';

/** Who may be in which team, whichever way they come: by the form of a school, of a team, or from a list. */

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
});

type Person = { name: string; email: string };
const sanne = { name: 'Sanne', email: 'sanne@school.example' };
const joost = { name: 'Joost', email: 'joost@school.example' };
const kim = { name: 'Kim', email: 'kim@school.example' };

type Team = { school: string; ib: Person; director: Person; teachers: Person[] };
const wingerd: Team = { school: 'De Wingerd', ib: sanne, director: joost, teachers: [kim] };

const byForm = async ({ school, ...team }: Team) => {
  await service.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
    school: { name: school, brin: null },
    ...team,
  });
};
const rowsOf = ({ school, ib, director, teachers }: Team) => {
  const row = (role: string, { name, email }: Person) => `${school};;${role};${name};${email};`;
  return [row('ib', ib), row('directeur', director), ...teachers.map((each) => row('leerkracht', each))];
};
/** As the form does, a refusal is an error: its code, or for a list the codes of its faults. */
const byList = async (team: Team) => {
  const answer = await lists.addList(db, cohort, lists.list(...rowsOf(team)));
  if (!answer.ok) throw Object.assign(new Error('refused'), { code: answer.faults.map(({ code }) => code).join(' ') });
};
const teams = async () =>
  (await cohorts.listSeries(db, cohort.id)).map(({ schoolName, rateeName, team }) => {
    return `${schoolName}: ${rateeName}, ${team.length}`;
  });
const people = () => lists.countOf(db, 'person');

describe.each([
  { way: 'form', add: byForm, twice: 'person_has_role' },
  { way: 'list', add: byList, twice: 'person_two_roles' },
])('by $way', ({ add, twice }) => {
  const refusedTwice = expect.objectContaining({ code: twice });

  it('somebody is in one role of a team: an IB’er is not its director too', async () => {
    await expect(add({ ...wingerd, director: sanne })).rejects.toEqual(refusedTwice);
    expect([await teams(), await people()]).toEqual([[], 0]);
  });

  it('a director is not asked as a teacher too', async () => {
    await expect(add({ ...wingerd, teachers: [kim, joost] })).rejects.toEqual(refusedTwice);
    expect([await teams(), await people()]).toEqual([[], 0]);
  });

  it('an address is in a team once', async () => {
    const again = { ...wingerd, teachers: [kim, { ...kim, email: 'KIM@school.example' }] };
    const code = twice === 'person_has_role' ? twice : 'person_repeated';
    await expect(add(again)).rejects.toEqual(expect.objectContaining({ code }));
    expect([await teams(), await people()]).toEqual([[], 0]);
  });

  it('an IB’er may be at three schools, and stays one person with a form about each', async () => {
    for (const school of ['De Eik', 'De Els', 'De Es']) await add({ ...wingerd, school });
    expect(await teams()).toEqual(['De Eik: Sanne, 3', 'De Els: Sanne, 3', 'De Es: Sanne, 3']);
    expect(await people()).toBe(3);
    const { invited } = await make.openRound(db, cohort);
    expect(invited.filter(({ role }) => role === 'ib')).toHaveLength(3);
    // One mail a person, which names all forms.
    expect(await db.selectFrom('mail').select('person_id').execute()).toHaveLength(3);
  });

  it('a director here may be a teacher at another school', async () => {
    await add(wingerd);
    const ties = { name: 'Ties', email: 'ties@school.example' };
    await add({ school: 'De Linde', ib: kim, director: ties, teachers: [joost] });
    expect(await teams()).toEqual(['De Linde: Kim, 3', 'De Wingerd: Sanne, 3']);
    expect(await people()).toBe(4);
  });

  it('a school may have one teacher, and takes part in a round', async () => {
    await add(wingerd);
    const { id, invited } = await make.openRound(db, cohort);
    expect(invited.map(({ role }) => role)).toEqual(['director', 'ib', 'teacher']);
    expect(await rounds.progress(db, cohort.trainer, id)).toHaveLength(1);
  });

  it('whoever joins a team later is in it in one role', async () => {
    await add(wingerd);
    const [series] = await cohorts.listSeries(db, cohort.id);
    for (const person of [sanne, joost, kim]) {
      const joining = service.addRater(db, cohort.trainer, cohort.secret, series?.id ?? '', 'teacher', person);
      await expect(joining).rejects.toEqual(expect.objectContaining({ code: 'person_has_role' }));
    }
    const rows = [`De Wingerd;;leerkracht;Joost;${joost.email};`, `De Wingerd;;leerkracht;Sanne;${sanne.email};`];
    expect(await lists.faultsOfList(db, cohort, lists.list(...rows))).toEqual([
      '2:13 person_other_role',
      '3:13 person_other_role',
    ]);
  });
});
