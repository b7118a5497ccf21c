import { beforeEach, describe, expect, it } from 'vitest';
import * as schools from '#lib/server/cohorts/school-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import * as participants from '#lib/server/participants/series-service.ts';
import * as service from '#lib/server/participants/service.ts';
import * as membership from '#lib/server/rounds/membership-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const now = new Date('2026-11-26T09:00:00Z');

let db: Db;
let cohort: make.TestCohort;
let seriesId: string;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  seriesId = await make.addSeries(db, cohort, { school: 'De Wingerd', teachers: 1 });
});

const series = (id = seriesId, actor = cohort.trainer) => cohorts.getSeries(db, actor, id);
const at = async (id = seriesId) => ({ seriesId: id, version: (await series(id)).version });
const leave = async () => participants.leave(db, cohort.trainer, await at(), now);
const rejoin = () => participants.rejoin(db, cohort.trainer, cohort.secret, seriesId, new Date());
const asked = async (roundId: string) => {
  const all = (await rounds.progress(db, cohort.trainer, roundId)).flatMap(({ raters }) => raters);
  return all.map(({ role, name, status }) => `${role} ${name} ${status ?? '-'}`).sort();
};
/** Mail that waits, by whom it is to. */
async function waitingMail(): Promise<string[]> {
  const mails = db.selectFrom('mail').innerJoin('person', 'person.id', 'mail.person_id');
  const rows = await mails.select(['template', 'name']).where('status', '=', 'waiting').execute();
  return rows.map(({ template, name }) => `${template} ${name}`).sort();
}
const allSent = () => db.updateTable('mail').set({ status: 'sent', sent_at: now.toISOString() }).execute();
const follow = (token: string) => invitations.follow(db, cohort.secret, token);

describe('an IB’er who stops', () => {
  it('and comes back: what was dropped meanwhile is mailed, once a person', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await make.addSeries(db, cohort);
    const ib = make.inRole(invited, 'ib');
    const again = { template: 'replacement', to: { personId: ib.personId }, roundId: id } as const;
    for (const [generation, invitation] of [ib.invitationId, ib.invitationId, 'gone'].entries()) {
      await outbox.enqueue(db, { ...again, about: { invitation }, onceKey: `replacement:${generation}` }, now);
    }
    const director = make.inRole(invited, 'director').personId;
    await outbox.enqueue(
      ...([
        db,
        {
          ...again,
          to: { personId: director },
          about: { invitation: make.inRole(invited, 'director').invitationId },
          onceKey: 'replacement:director',
        },
        now,
      ] as const),
    );
    await db.deleteFrom('mail').where('person_id', '=', ib.personId).where('template', '=', 'invitation').execute();
    await leave();
    await db.updateTable('mail').set({ status: 'dropped' }).execute();
    await rejoin();
    const waiting = await db.selectFrom('mail').selectAll().where('status', '=', 'waiting').execute();
    expect(waiting.map((mail) => mail.person_id).sort()).toEqual(invited.map(({ personId }) => personId).sort());
    // An invitation names every form: the director needs no other mail beside it. Nothing of the other school.
    expect(waiting.filter(({ template }) => template === 'replacement')).toMatchObject([{ person_id: ib.personId }]);
  });

  it('leaves planned rounds, and what was not submitted in open ones; the rest stays', async () => {
    const closed = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, closed.id);
    const open = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(open.invited, 'ib'));
    await make.enter(db, make.inRole(open.invited, 'teacher'));
    const planned = await make.planRound(db, cohort);
    expect(await membership.whatLeavingEnds(db, await series())).toEqual({
      ...{ planned: 1, open: 1, closed: 1, submitted: 1, unsubmitted: 2 },
    });
    await leave();
    expect(await rounds.progress(db, cohort.trainer, planned)).toEqual([]);
    expect(await asked(open.id)).toEqual(['ib Marloes Hendriks submitted']);
    expect(await asked(closed.id)).toHaveLength(3);
    await expect(follow(make.inRole(open.invited, 'director').token)).rejects.toEqual(refused('link_unknown'));
  });

  it('takes part in nothing new, and her team stays as it was', async () => {
    await leave();
    const planned = await make.planRound(db, cohort);
    expect(await rounds.progress(db, cohort.trainer, planned)).toEqual([]);
    const { team } = await series();
    const director = team.find(({ role }) => role === 'director')?.id ?? '';
    const joining = service.addRater(...([db, cohort.trainer, cohort.secret, seriesId, 'teacher'] as const), {
      ...{ name: 'X', email: null },
    });
    await expect(joining).rejects.toEqual(refused('series_left'));
    await expect(service.removeRater(db, cohort.trainer, director)).rejects.toEqual(refused('series_left'));
    await expect(leave()).rejects.toEqual(refused('series_left'));
  });

  it('comes back with the links and the answers that were there, and in planned rounds', async () => {
    const open = await make.openRound(db, cohort);
    const teacher = make.inRole(open.invited, 'teacher');
    await make.answerOne(db, await make.enter(db, teacher));
    const planned = await make.planRound(db, cohort);
    const before = await asked(open.id);
    await leave();
    expect(await asked(open.id)).toEqual([]);
    await rejoin();
    expect(await asked(open.id)).toEqual(before);
    expect(await follow(teacher.token)).toMatchObject({ responseStatus: 'started' });
    expect(await rounds.progress(db, cohort.trainer, planned)).toHaveLength(1);
    await rejoin(); // once more changes nothing
    expect(await asked(open.id)).toEqual(before);
  });

  it('comes back into a round that was opened meanwhile, and not into one that closed for good', async () => {
    await make.addSeries(db, cohort);
    const first = await make.openRound(db, cohort);
    await leave();
    await rounds.close(db, cohort.trainer, first.id);
    const other = (await rounds.progress(db, cohort.trainer, first.id)).find(({ series }) => series.id !== seriesId);
    await rounds.release(db, cohort.trainer, first.id, [other?.schoolRoundId ?? '']);
    const second = await make.openRound(db, cohort);
    await allSent();
    await rejoin();
    expect(await waitingMail()).toEqual([
      'invitation Joost van Dalen',
      'invitation Leerkracht 1',
      'invitation Marloes Hendriks',
    ]);
    const mine = async (id: string) =>
      (await rounds.progress(db, cohort.trainer, id)).find((school) => school.series.id === seriesId)?.raters.length;
    expect(await mine(first.id)).toBe(0);
    expect(await mine(second.id)).toBe(3);
  });

  it('does not bring back the link of an address that ended meanwhile', async () => {
    const open = await make.openRound(db, cohort);
    const old = make.inRole(open.invited, 'director');
    await leave();
    const director = (await series()).team.find(({ role }) => role === 'director');
    const place = { ...(await at()), memberId: director?.id ?? '' };
    const given = { name: 'Joost van Dalen', email: 'nieuw@school.example', language: 'nl' as const };
    await people.correct(db, cohort.trainer, cohort.secret, place, given, new Date());
    await allSent();
    await rejoin();
    await expect(follow(old.token)).rejects.toEqual(refused('link_unknown'));
    expect(await waitingMail()).toEqual(['invitation Joost van Dalen']);
    expect(await asked(open.id)).toHaveLength(3);
  });

  it('is decided by the own trainer, who saw the latest version', async () => {
    const other = await make.makeCohort(db);
    const place = await at();
    await expect(participants.leave(db, other.trainer, place, now)).rejects.toEqual(refused('forbidden'));
    const late = participants.leave(db, cohort.trainer, { ...place, version: place.version - 1 }, now);
    await expect(late).rejects.toEqual(refused('changed_meanwhile'));
    await leave();
    await expect(participants.rejoin(db, other.trainer, cohort.secret, seriesId, now)).rejects.toEqual(
      refused('forbidden'),
    );
  });
});

describe('a new IB’er', () => {
  const els = { name: 'Els Kuiper', email: 'els@school.example' };
  const succeed = async (ib: cohorts.NewPerson) =>
    participants.succeed(db, cohort.trainer, cohort.secret, await at(), ib, now);

  it('starts a series with the same team; the old one keeps her rounds', async () => {
    const closed = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, closed.id);
    const open = await make.openRound(db, cohort, { mode: 'open' });
    await make.fillAndSubmit(db, make.inRole(open.invited, 'ib'));
    await allSent();
    const id = await succeed(els);
    expect((await series()).leftAt).toBe(now.toISOString());
    const fresh = await series(id);
    expect(fresh).toMatchObject({ schoolName: 'De Wingerd', rateeName: 'Els Kuiper', leftAt: null });
    expect(fresh.team.map(({ role }) => role).sort()).toEqual(['director', 'ib', 'teacher']);
    const units = await rounds.progress(db, cohort.trainer, open.id);
    expect(units.find((unit) => unit.series.id === id)).toMatchObject({ mode: 'open' });
    expect(units.map(({ raters }) => raters.length).sort()).toEqual([1, 3]);
    expect(await rounds.progress(db, cohort.trainer, closed.id)).toHaveLength(1);
    // Nobody of the team comes in anybody's place, and the new IB'er is asked about her own work.
    expect(await waitingMail()).toEqual([
      'invitation Els Kuiper',
      'invitation Joost van Dalen',
      'invitation Leerkracht 1',
    ]);
  });

  it('is nobody of the team, and not the same person', async () => {
    const { team } = await series();
    const emailOf = (role: string) => team.find((member) => member.role === role)?.email ?? null;
    await expect(succeed({ name: 'X', email: emailOf('director') })).rejects.toEqual(refused('person_has_role'));
    await expect(succeed({ name: 'X', email: emailOf('ib') })).rejects.toEqual(refused('series_exists'));
    expect((await series()).leftAt).toBeNull();
  });
});

describe('moving to another cohort', () => {
  const move = async (to: string, actor = cohort.trainer) =>
    participants.move(db, actor, cohort.secret, await at(), to, now);

  it('takes the team along, out of planned rounds and into those of the other cohort', async () => {
    const target = await make.makeCohort(db, { trainer: cohort.trainer });
    const planned = await make.planRound(db, cohort);
    await make.addSeries(db, target, { school: 'De Els' });
    const there = await make.planRound(db, target);
    await move(target.id, target.trainer);
    expect(await rounds.progress(db, cohort.trainer, planned)).toEqual([]);
    expect(await rounds.progress(db, target.trainer, there)).toHaveLength(2);
    expect(await series(seriesId, target.trainer)).toMatchObject({ cohortId: target.id });
  });

  it('is refused once a round was opened, into another’s cohort, and where the IB’er is already', async () => {
    const other = await make.makeCohort(db);
    await expect(move(other.id)).rejects.toEqual(refused('forbidden'));
    const target = await make.makeCohort(db, { trainer: cohort.trainer });
    const { schoolName, team } = await series();
    const ib = team.find(({ role }) => role === 'ib');
    await service.addSchool(db, target.trainer, cohort.secret, target.id, {
      ...{ school: { name: schoolName, brin: null }, director: null, teachers: [] },
      ib: { name: 'X', email: ib?.email ?? null },
    });
    await expect(move(target.id, target.trainer)).rejects.toEqual(refused('series_exists'));
    await make.openRound(db, cohort);
    await expect(move(target.id, target.trainer)).rejects.toEqual(refused('series_measured'));
  });
});

describe('the school of a series', () => {
  const change = async (given: { name: string; brin: string | null }, version?: number) =>
    schools.changeSchool(db, cohort.trainer, seriesId, version ?? (await series()).version, given);

  it('gets another name or BRIN in all the own cohorts', async () => {
    await change({ name: 'IKC De Wingerd', brin: '12ab' });
    expect(await series()).toMatchObject({ schoolName: 'IKC De Wingerd', brin: '12AB00' });
  });

  it('is refused a BRIN or name that another school has, and a stale version', async () => {
    const second = await make.addSeries(db, cohort, { school: 'De Els' });
    await schools.changeSchool(db, cohort.trainer, second, 1, { name: 'De Els', brin: '12AB' });
    await expect(change({ name: 'De Wingerd', brin: '12AB' })).rejects.toEqual(refused('brin_taken'));
    await make.addSeries(db, cohort, { school: 'De Es' });
    await expect(change({ name: 'De Es', brin: null })).rejects.toEqual(refused('school_name_taken'));
    await expect(change({ name: 'X', brin: null }, 99)).rejects.toEqual(refused('changed_meanwhile'));
  });

  it('stays as it is when it is also in another trainer’s cohort', async () => {
    const other = await make.makeCohort(db);
    await make.addSeries(db, other, { school: 'De Wingerd' });
    await expect(change({ name: 'X', brin: null })).rejects.toEqual(refused('school_elsewhere'));
  });
});

describe('deleting a cohort', () => {
  it('takes planned rounds, teams, and the people and schools that nothing else knows', async () => {
    await make.planRound(db, cohort);
    const keeping = await make.makeCohort(db, { trainer: cohort.trainer });
    const { team } = await series();
    const director = team.find(({ role }) => role === 'director');
    await service.addSchool(db, keeping.trainer, cohort.secret, keeping.id, {
      ...{ school: { name: 'De Els', brin: null }, director: null, teachers: [] },
      ib: { name: 'X', email: director?.email ?? null },
    });
    const { version } = await removal.whatGoes(db, cohort.trainer, cohort.id);
    await removal.remove(db, cohort.trainer, cohort.id, version);
    const left = await db.selectFrom('person').select('id').execute();
    expect(left.map(({ id }) => id)).toEqual([director?.personId]);
    expect((await db.selectFrom('school').select('name').execute()).map(({ name }) => name)).toEqual(['De Els']);
    await expect(cohorts.get(db, cohort.trainer, cohort.id)).rejects.toEqual(refused('not_found'));
  });

  it('is refused once a round was opened, and to another trainer', async () => {
    const other = await make.makeCohort(db);
    await expect(removal.remove(db, other.trainer, cohort.id, '')).rejects.toEqual(refused('forbidden'));
    await make.openRound(db, cohort);
    await expect(removal.remove(db, cohort.trainer, cohort.id, '')).rejects.toEqual(refused('cohort_in_use'));
  });
});
