import * as answers from '#lib/server/answers/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as make from '../support/factories.ts';
import type { RunningServer } from '../support/server.ts';
import { startServer } from '../support/server.ts';
import { cookieOf, makePeople, type Knocker, type Made } from './people.ts';
import { plantAccount, plantMails } from './planted.ts';
import { plantActionPlans, plantHandIn, plantPlan, plantSession } from './planted-plan.ts';

/** What an address or a form of the walk names: the ids of one cohort's things, and a form. */
export type Objects = {
  cohort: string;
  /** What is chosen for how long things stay: the cohort's programme. */
  unit: string;
  /** That of the cohort's programme, to which the other cohort belongs as well. */
  partnership: string;
  programme: string;
  /** What somebody of its steering group wrote. */
  note: string;
  series: string;
  member: string;
  round: string;
  planned: string;
  /** A pulse that is planned. */
  pulse: string;
  /** The round that was closed, with its reports released. */
  closed: string;
  /** Another cohort of the same trainer, with nothing in it. */
  spare: string;
  schoolRound: string;
  openSchoolRound: string;
  invitation: string;
  /** The invitation of somebody whose form of the open round is submitted, and their place in the team. */
  sent: string;
  teacher: string;
  token: string;
  response: string;
  /** The account of the cohort's trainer, and a session of it in another browser. */
  user: string;
  /** The account of a trainer who does not knock, and that of such an administrator. */
  colleague: string;
  secondAdmin: string;
  /** A teacher of another school of the cohort, whom nothing else is about. */
  person: string;
  personName: string;
  session: string;
  /** The list of the rounds, and a draft that an administrator makes: nobody's cohort has anything to do with it. */
  list: string;
  draftList: string;
  failedMail: string;
  waitingMail: string;
  /** A draft of a template, which nobody's cohort has anything to do with. */
  template: string;
  /** A session and an assignment of the cohort's plan. */
  meeting: string;
  assignment: string;
  /** An ambition of its programme. */
  ambition: string;
  /** A school that registered for the cohort, and the token of the link by which schools do. */
  entry: string;
  registrationToken: string;
  /** A session that began an hour ago, and who takes part in it. */
  trainingSession: string;
  participant: string;
  /** A step of the action plan of the own school's IB'er. */
  actionStep: string;
  /** A link that asks the participant how useful that session was: its id and its token. */
  question: string;
  usefulToken: string;
  /** The secret address of the cohort's calendar. */
  calendarToken: string;
  /** As a page that was opened now would send them along. */
  seriesVersion: string;
  roundVersion: string;
};

/** A cohort on the stage; every text of it bears its mark (`mark-a-…`), so that it is known wherever it turns up. */
export type Place = { mark: string; cohort: make.TestCohort; programmeId: string; objects: Objects };

export type Stage = {
  server: RunningServer;
  db: Db;
  secret: string;
  a: Place;
  b: Place;
  people: Record<string, Knocker>;
  /** What is in no answer, to whomever. */
  secrets: readonly string[];
  /** A cookie with a new session. */
  cookieOf: (name: string) => Promise<string>;
  close: () => Promise<void>;
};

/** A score that nobody gave: the mean of a view in the stored snapshot. Pages and files show one decimal. */
export const PLANTED_SCORE = 4.7431;

/** Cohort A lets its trainer see single schools, cohort B does not; both belong to one programme, and C to another. */
export async function setStage(): Promise<Stage> {
  const server = await startServer();
  const { secret, databaseFile } = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const { db, close } = await openDatabase({ file: databaseFile });
  const a = await makePlace(db, secret, 'a', true);
  const b = await makePlace(db, secret, 'b', false);
  const foreign = await make.makeTrainer(db);
  const elsewhere = { name: 'mark-c-cohort', programme: 'mark-c-programme', partnership: 'mark-c-partnership' };
  const c = await cohorts.create(db, foreign, { ...elsewhere, trainerSeesSchools: true });
  const people = await makePeople(db, a, b, await programmeOf(db, c));
  return {
    ...{ server, db, secret, a: a.place, b: b.place, people, secrets: [...a.secrets, ...b.secrets] },
    cookieOf: (name) => cookieOf(db, secret, people[name] ?? null),
    close: async () => {
      await close();
      await server.stop();
    },
  };
}

async function makePlace(db: Db, secret: string, letter: string, trainerSeesSchools: boolean): Promise<Made> {
  const mark = `mark-${letter}`;
  const cohort = await make.makeCohort(db, { name: `${mark}-cohort`, trainerSeesSchools, secret });
  const series = await make.addSeries(db, cohort, { school: `${mark}-own-school` });
  await make.addSeries(db, cohort, { school: `${mark}-next-school` });
  const closed = await make.openRound(db, cohort);
  await markPeople(db, cohort, closed.id, mark);
  await fillIn(db, closed.invited, mark);
  await rounds.close(db, cohort.trainer, closed.id);
  await plantScore(db);
  const shown = await rounds.progress(db, cohort.trainer, closed.id);
  await rounds.release(
    ...([db, cohort.trainer, closed.id] as const),
    shown.map(({ schoolRoundId }) => schoolRoundId),
  );
  const open = await make.openRound(db, cohort);
  await draft(db, open.invited, series, mark);
  const planned = await make.planRound(db, cohort);
  const pulse = await make.planRound(db, cohort, { name: 'K1', aspects: ['C1.01'] });
  const spare = await make.makeCohort(db, { name: `${mark}-spare`, trainer: cohort.trainer, secret });
  const schoolOf = (schools: rounds.SchoolProgress[]) => schools.find((school) => school.series.id === series);
  const inOpen = schoolOf(await rounds.progress(db, cohort.trainer, open.id));
  const [teacher, sent] = open.invited.filter((each) => each.seriesId === series && each.role === 'teacher');
  if (!teacher || !sent) throw new Error('no two teachers were invited');
  await make.fillAndSubmit(db, sent);
  const writers = {
    own: make.inRole(
      open.invited.filter((each) => each.seriesId === series),
      'ib',
    ).personId,
    next: make.inRole(
      open.invited.filter((each) => each.seriesId !== series),
      'director',
    ).personId,
  };
  const ofNext = open.invited.findLast((each) => each.seriesId !== series);
  const mails = await plantMails(db, mark, open.id, teacher.personId);
  const { session, secrets } = await plantAccount(db, secret, mark, cohort.trainer.userId);
  const objects: Objects = {
    ...{ cohort: cohort.id, series, round: open.id, planned, pulse, closed: closed.id, spare: spare.id },
    ...{ response: '', note: '' }, // of people who come later
    ...{ user: cohort.trainer.userId, session, ...mails, ...(await makeLists(db, mark)) },
    ...(await plantPlan(db, cohort, mark)),
    actionStep: await plantActionPlans(db, cohort, mark, writers),
    unit: await programmeOf(db, cohort.id),
    partnership: await partnershipOf(db, cohort.id),
    programme: await programmeOf(db, cohort.id),
    member: inOpen?.series.team.find(({ role }) => role === 'director')?.id ?? '',
    schoolRound: schoolOf(shown)?.schoolRoundId ?? '',
    openSchoolRound: inOpen?.schoolRoundId ?? '',
    colleague: (await make.makeTrainer(db)).userId,
    secondAdmin: (await make.makeTrainer(db, { admin: true })).userId,
    person: ofNext?.personId ?? '',
    personName: await nameOf(db, ofNext?.personId ?? ''),
    invitation: teacher.invitationId,
    sent: sent.invitationId,
    ...(await plantSession(db, cohort, mark, inOpen?.series.team.find(({ role }) => role === 'ib')?.personId ?? '')),
    teacher: inOpen?.series.team.find(({ personId }) => personId === sent.personId)?.id ?? '',
    token: teacher.token,
    seriesVersion: await versionOf(db, 'series', series),
    roundVersion: await versionOf(db, 'round', open.id),
  };
  await plantHandIn(db, cohort, mark, objects);
  const ofOwn = (invited: make.Invited[]) => invited.filter((each) => each.seriesId === series);
  const place = { mark, cohort, programmeId: await programmeOf(db, cohort.id), objects };
  return { place, secrets, closed: [...ofOwn(closed.invited), ...closed.invited], open: ofOwn(open.invited) };
}

/** A draft with one part that was taken out of it. */
async function makeLists(db: Db, mark: string): Promise<Pick<Objects, 'list' | 'draftList'>> {
  const operator = { kind: 'operator' } as const;
  const list = (await instruments.find(db, 'ib-180', '1.0.0'))?.id ?? '';
  const named = { key: mark, version: '1', title: { nl: 'Concept', en: 'Draft' } };
  const draftList = await drafts.make(db, operator, named, list);
  return { list, draftList };
}

async function nameOf(db: Db, personId: string): Promise<string> {
  const { name } = await db.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirstOrThrow();
  return name ?? '';
}

async function versionOf(db: Db, table: 'series' | 'round', id: string): Promise<string> {
  const { version } = await db.selectFrom(table).select('version').where('id', '=', id).executeTakeFirstOrThrow();
  return String(version);
}

async function programmeOf(db: Db, cohortId: string): Promise<string> {
  const row = await db.selectFrom('cohort').select('programme_id').where('id', '=', cohortId).executeTakeFirstOrThrow();
  return row.programme_id ?? '';
}

async function partnershipOf(db: Db, cohortId: string): Promise<string> {
  const { partnership_id: id } = await db
    .selectFrom('programme')
    .select('partnership_id')
    .where('id', '=', await programmeOf(db, cohortId))
    .executeTakeFirstOrThrow();
  return id;
}

/** Names and addresses say whose they are. */
async function markPeople(db: Db, cohort: make.TestCohort, roundId: string, mark: string): Promise<void> {
  for (const { series } of await rounds.progress(db, cohort.trainer, roundId)) {
    const school = series.schoolName.includes('-own-') ? 'own' : 'next';
    for (const [index, { personId, role }] of series.team.entries()) {
      const name = `${mark}-${school}-${role}${'abcdef'[index] ?? ''}`;
      await db
        .updateTable('person')
        .set({ name, email: `${name}@post.example` })
        .where('id', '=', personId)
        .execute();
    }
  }
}

/** Everybody of the closed round answers with a remark; the IB'er also the scale questions, with notes. */
async function fillIn(db: Db, invited: readonly make.Invited[], mark: string): Promise<void> {
  for (const person of invited) {
    const { form } = await make.enter(db, person);
    if (person.role === 'ib') {
      const { competencyIds } = await responses.instrumentOf(db, form);
      for (const code of competencyIds.keys()) {
        await answers.saveScale(db, form, code, { value: 7, notes: [`${mark}-note`] }, 1);
      }
    }
    await make.fillAndSubmit(db, person, (_, index) => 1 + (index % 5));
    await db
      .updateTable('answer')
      .set({ comment: `${mark}-remark-${person.role}` })
      .where('aspect_id', '=', (eb) =>
        eb.selectFrom('aspect').select('id').where('code', '=', 'C1.01').limit(1).$asScalar(),
      )
      .where('response_id', '=', (eb) =>
        eb.selectFrom('response').select('id').where('invitation_id', '=', person.invitationId).$asScalar(),
      )
      .execute();
  }
}

/** Answers of a round that is open, which only their rater may see. */
async function draft(db: Db, invited: readonly make.Invited[], series: string, mark: string): Promise<void> {
  const director = invited.find((each) => each.seriesId === series && each.role === 'director');
  if (!director) throw new Error('no director was invited');
  const { form } = await make.enter(db, director);
  await answers.save(db, form, 'C1.01', make.answer({ score: 2, comment: `${mark}-draft` }), 1);
}

async function plantScore(db: Db): Promise<void> {
  for (const { school_round_id, document } of await db.selectFrom('snapshot').selectAll().execute()) {
    const snapshot = JSON.parse(document) as { aspects: { views: { teacher: { score: number | null } } }[] };
    for (const { views } of snapshot.aspects) if (views.teacher.score !== null) views.teacher.score = PLANTED_SCORE;
    await db
      .updateTable('snapshot')
      .set({ document: JSON.stringify(snapshot) })
      .where('school_round_id', '=', school_round_id)
      .execute();
  }
}
