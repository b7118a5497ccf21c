import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor, UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as follow from '#lib/server/rounds/follow-service.ts';
import { rateeText } from '#lib/text/ratee-name.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { closedRound, type ClosedRound } from '../support/school-reports.ts';

const ALL = { director: () => 2, ib: () => 4, teachers: [() => 3, () => 4, () => 5] };
const NOW = new Date('2026-12-01T10:00:00Z');

let db: Db;
let admin: UserActor;

beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
});

/** Everything that the database holds, as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_schema where type = 'table'`.execute(db);
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    texts.push(JSON.stringify(rows));
  }
  return texts.join('\n');
}

async function nameOf(personId: string): Promise<{ name: string; email: string }> {
  const row = await db.selectFrom('person').select(['name', 'email']).where('id', '=', personId).executeTakeFirst();
  return { name: row?.name ?? '', email: row?.email ?? '' };
}

async function remark(invited: Pick<make.Invited, 'invitationId'>, comment: string): Promise<void> {
  await db
    .updateTable('answer')
    .set({ comment })
    .where('response_id', 'in', (eb) =>
      eb.selectFrom('response').select('id').where('invitation_id', '=', invited.invitationId),
    )
    .where('aspect_id', '=', (eb) =>
      eb.selectFrom('aspect').select('id').where('code', '=', 'C1.01').limit(1).$asScalar(),
    )
    .execute();
}

async function erase(personId: string, actor: Actor = admin): Promise<void> {
  await erasure.erase(db, actor, personId, (await nameOf(personId)).name, NOW);
}

const figures = async (closed: ClosedRound) => (await reports.get(db, closed.ib, closed.schoolRoundId)).figures;

describe('erasing somebody', () => {
  it('leaves no name, no address, no remark and no way in anywhere', async () => {
    const { round } = await closedRound(db, ALL);
    const director = make.inRole(round.invited, 'director');
    await db.updateTable('person').set({ name: 'Wegisma' }).where('id', '=', director.personId).execute();
    await db.updateTable('user').set({ name: 'Wegisma' }).where('email', 'like', 'director%').execute();
    await remark(director, 'een woord dat weg moet');
    const { email } = await nameOf(director.personId);
    const marks = ['Wegisma', email, 'een woord dat weg moet'];
    const before = await dump();
    expect(marks.filter((mark) => !before.includes(mark))).toEqual([]);
    await erase(director.personId);
    const left = await dump();
    expect(marks.filter((mark) => left.includes(mark))).toEqual([]);
    await expect(make.enter(db, director)).rejects.toMatchObject({ code: 'link_unknown' });
    expect(await db.selectFrom('person').selectAll().where('id', '=', director.personId).execute()).toEqual([]);
  });

  it('empties a director’s view in the report, which says so; the other views stay as they were', async () => {
    const closed = await closedRound(db, ALL);
    const before = await figures(closed);
    await erase(closed.director.personId ?? '');
    const after = await figures(closed);
    expect(after.aspects.every(({ views }) => views.director.score === null)).toBe(true);
    expect(after.aspects.map(({ views }) => views.director.reason)).toEqual(after.aspects.map(() => 'erased'));
    expect(after.competencies[0]?.views.director).toEqual({
      score: null,
      judged: 0,
      status: 'suppressed',
      reason: 'erased',
    });
    expect(after.competencies[0]?.gaps.ib_director).toMatchObject({ gap: null, reason: 'erased' });
    expect(after.raters).toEqual(before.raters);
    for (const view of ['ib', 'teacher'] as const) {
      expect(after.aspects.map(({ views }) => views[view])).toEqual(before.aspects.map(({ views }) => views[view]));
    }
  });

  it('of a protected teacher changes no figure, and takes all teachers’ remarks where that teacher wrote', async () => {
    const closed = await closedRound(db, ALL);
    const teachers = closed.round.invited.filter(({ role }) => role === 'teacher');
    const document = JSON.parse(
      (await db.selectFrom('snapshot').select('document').executeTakeFirstOrThrow()).document,
    );
    document.remarks = [
      { role: 'teacher', competency: 'C1', aspect: null, text: 'eerste' },
      { role: 'teacher', competency: 'C2', aspect: null, text: 'tweede' },
      { role: 'ib', competency: 'C1', aspect: null, text: 'eigen' },
    ];
    await db
      .updateTable('snapshot')
      .set({ document: JSON.stringify(document) })
      .execute();
    if (teachers[0]) await remark(teachers[0], 'eerste');
    const before = await figures(closed);
    await erase(teachers[0]?.personId ?? '');
    expect(await figures(closed)).toEqual(before);
    const { remarks } = await reports.get(db, closed.ib, closed.schoolRoundId);
    expect(remarks.map(({ text }) => text)).toEqual(['tweede', 'eigen']);
  });

  it('of an open teacher closes the teachers’ view for want of consent', async () => {
    const closed = await closedRound(db, ALL, { mode: 'open' });
    await erase(closed.round.invited.find(({ role }) => role === 'teacher')?.personId ?? '');
    const { aspects } = await figures(closed);
    expect(new Set(aspects.map(({ views }) => views.teacher.reason))).toEqual(new Set(['consent']));
  });

  it('of an IB’er ends what is asked about her and what was written about her; a row without a name stays', async () => {
    const closed = await closedRound(db, ALL);
    const open = await make.openRound(db, closed.cohort);
    const director = make.inRole(closed.round.invited, 'director');
    await remark(director, 'over haar geschreven');
    const ib = closed.ib.personId ?? '';
    await erase(ib);
    const left = await dump();
    expect(left).not.toContain('over haar geschreven');
    expect(left).not.toContain('Marloes Hendriks');
    const standing = await db
      .selectFrom('invitation')
      .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
      .select('invitation.id')
      .where('school_round.round_id', '=', open.id)
      .where('withdrawn_at', 'is', null)
      .execute();
    expect(standing).toEqual([]);
    const person = await db.selectFrom('person').selectAll().where('id', '=', ib).executeTakeFirstOrThrow();
    expect(person).toMatchObject({
      name: null,
      email: null,
      user_id: null,
      import_key: null,
      erased_at: NOW.toISOString(),
    });
    const seen = await reports.get(db, closed.director, closed.schoolRoundId);
    expect(seen.figures.competencies[0]?.views.ib).toMatchObject({ score: null, reason: 'erased' });
    expect(seen.figures.competencies[0]?.views.director.score).toBe(2);
    // In lists of the trainer it says that somebody was erased, and not as of who was imported that there is no name.
    const { trainer, secret } = closed.cohort;
    const [listed] = await cohorts.listSeries(db, closed.cohort.id);
    const rows = [listed, ...(await follow.follow(db, trainer, closed.round.id, null)).schools];
    expect(rows.map((row) => row && rateeText(row))).toEqual(['verwijderde deelnemer', 'verwijderde deelnemer']);
    const back = series.rejoin(db, trainer, secret, make.inRole(open.invited, 'ib').seriesId, NOW);
    await expect(back).rejects.toMatchObject({ code: 'person_erased' });
  });

  it('takes an account of staff with its roles, also where no person belongs to it', async () => {
    const other = await make.makeTrainer(db);
    await erasure.erase(db, admin, other.userId, `  ${other.name.toUpperCase()} `, NOW);
    expect(await db.selectFrom('user').select('id').where('id', '=', other.userId).execute()).toEqual([]);
    expect(await db.selectFrom('role_grant').select('id').where('user_id', '=', other.userId).execute()).toEqual([]);
    await expect(erasure.erase(db, admin, other.userId, other.name, NOW)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused for oneself, for the last administrator, without the name and to who may not; nothing changes', async () => {
    const { director } = await closedRound(db, ALL);
    const before = await dump();
    const tries = [
      { actor: admin, id: admin.userId, name: admin.name, code: 'own_role' },
      { actor: { ...admin, userId: 'another' }, id: admin.userId, name: admin.name, code: 'last_admin' },
      { actor: admin, id: director.personId ?? '', name: 'iemand anders', code: 'erasure_name_wrong' },
      { actor: director, id: director.personId ?? '', name: director.name, code: 'forbidden' },
    ];
    for (const { actor, id, name, code } of tries) {
      await expect(erasure.erase(db, actor, id, name, NOW), code).rejects.toMatchObject({ code });
    }
    expect(await dump()).toBe(before);
  });

  it('is a line in the log, by whom and without a name', async () => {
    const { round } = await closedRound(db, ALL);
    const teacher = make.inRole(round.invited, 'teacher');
    await erase(teacher.personId);
    const line = await db
      .selectFrom('audit_event')
      .selectAll()
      .where('action', '=', 'person.erased')
      .executeTakeFirstOrThrow();
    expect(line).toMatchObject({
      ...{ actor_user_id: admin.userId, object_type: 'person', object_id: teacher.personId, detail: '{"forms":1}' },
    });
  });

  it('lets the address come back as somebody new', async () => {
    const { round } = await closedRound(db, ALL);
    const { email } = await nameOf(make.inRole(round.invited, 'teacher').personId);
    await erase(make.inRole(round.invited, 'teacher').personId);
    const id = await accounts.ensurePerson(db, { name: 'Weer terug', email });
    expect(id).not.toBe(make.inRole(round.invited, 'teacher').personId);
  });
});
