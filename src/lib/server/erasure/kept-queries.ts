import { sql } from 'kysely';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { isInLogOf } from '#lib/server/personal-data/service.ts';

/** Somebody of whom something is kept: a person in a team or an import, with the account if there is one, or an account alone. */
export type Somebody = {
  /** That of the person; of an account without a person its own. */
  id: string;
  personId: string | null;
  userId: string | null;
  name: string | null;
  email: string | null;
  /** What an import calls somebody without a name. */
  importKey: string | null;
};

function people(db: Db) {
  return (
    db
      .selectFrom('person')
      // An account of staff is known by its address only (accounts/sign-in-service.ts).
      .leftJoin('user', (join) =>
        join.on(({ eb, or, ref }) =>
          or([eb('user.id', '=', ref('person.user_id')), eb('user.email', '=', ref('person.email'))]),
        ),
      )
      .select(({ fn }) => [
        'person.id',
        'person.id as personId',
        'user.id as userId',
        fn.coalesce('person.name', 'user.name').as('name'),
        fn.coalesce('person.email', 'user.email').as('email'),
        'person.import_key as importKey',
      ])
      .where('person.erased_at', 'is', null)
  );
}

function accounts(db: Db) {
  return db
    .selectFrom('user')
    .select(['user.id', 'user.id as userId', 'user.name', 'user.email'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person')
            .select('person.id')
            .where(({ eb, or, ref }) =>
              or([eb('person.user_id', '=', ref('user.id')), eb('person.email', '=', ref('user.email'))]),
            ),
        ),
      ),
    );
}

const alone = { personId: null, importKey: null };

/** Those who have this in name or address, in small letters, by name; at most so many. */
export async function search(db: Db, text: string, limit: number): Promise<Somebody[]> {
  const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const has = (column: string) => sql<boolean>`lower(${sql.ref(column)}) like ${like} escape '\\'`;
  const known = await people(db)
    .where((eb) => eb.or(['person.name', 'person.email', 'user.name', 'user.email'].map(has)))
    .orderBy('name')
    .limit(limit)
    .execute();
  const others = await accounts(db)
    .where((eb) => eb.or(['user.name', 'user.email'].map(has)))
    .orderBy('user.name')
    .limit(limit)
    .execute();
  return [...known, ...others.map((account) => ({ ...account, ...alone }))].slice(0, limit);
}

/** The person or account with this id; a person's account is found by the person. */
export async function find(db: Db, id: string): Promise<Somebody | undefined> {
  const person = await people(db).where('person.id', '=', id).executeTakeFirst();
  if (person) return person;
  const account = await accounts(db).where('user.id', '=', id).executeTakeFirst();
  return account && { ...account, ...alone };
}

/** A place in a school's team, now or before. */
export type Place = { cohort: string; school: string; role: Role; isNow: boolean };

export async function listPlaces(db: Db, personId: string): Promise<Place[]> {
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('series', 'series.id', 'team_member.series_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .select(['cohort.name as cohort', 'school.name as school', 'team_member.role'])
    .select(['team_member.left_at as leftMemberAt', 'series.left_at as leftAt'])
    .where('team_member.person_id', '=', personId)
    .orderBy('team_member.joined_at', 'desc')
    .orderBy('team_member.id')
    .execute();
  return rows.map(({ leftMemberAt, leftAt, ...place }) => ({
    ...place,
    isNow: leftMemberAt === null && leftAt === null,
  }));
}

/** What somebody gave in one form: how much, never what. */
export type KeptForm = {
  invitationId: string;
  cohort: string;
  school: string;
  round: string;
  role: Role;
  mode: 'protected' | 'open';
  roundStatus: 'planned' | 'open' | 'closed';
  isWithdrawn: boolean;
  /** Null: the form was never opened. */
  status: 'started' | 'submitted' | null;
  answers: number;
  remarks: number;
  scales: number;
};

export async function listForms(db: Db, personId: string): Promise<KeptForm[]> {
  const rows = await db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select((eb) => {
      const answers = eb.selectFrom('answer').whereRef('answer.response_id', '=', 'response.id');
      const scales = eb.selectFrom('scale_answer').whereRef('scale_answer.response_id', '=', 'response.id');
      const count = eb.fn.countAll<number>().as('count');
      return [
        'invitation.id as invitationId',
        'cohort.name as cohort',
        'school.name as school',
        'round.name as round',
        'invitation.role',
        'school_round.mode',
        'round.status as roundStatus',
        'invitation.withdrawn_at as withdrawnAt',
        'response.status',
        answers.select(count).$asScalar().$notNull().as('answers'),
        answers.where('answer.comment', 'is not', null).select(count).$asScalar().$notNull().as('remarks'),
        scales.select(count).$asScalar().$notNull().as('scales'),
      ];
    })
    .where('invitation.person_id', '=', personId)
    .orderBy('invitation.created_at', 'desc')
    .orderBy('invitation.id')
    .execute();
  return rows.map(({ withdrawnAt, ...form }) => ({ ...form, isWithdrawn: withdrawnAt !== null }));
}

/** How much else is kept of somebody. */
export type Counts = { mails: number; confirmations: number; sessions: number; logLines: number };

export async function count(db: Db, { personId, userId }: Somebody): Promise<Counts> {
  const of = (id: string | null) => id ?? '';
  const row = await db
    .selectNoFrom((eb) => {
      const number = eb.fn.countAll<number>().as('count');
      return [
        eb
          .selectFrom('mail')
          .select(number)
          .where((mail) => mail.or([mail('person_id', '=', of(personId)), mail('user_id', '=', of(userId))]))
          .$asScalar()
          .$notNull()
          .as('mails'),
        eb
          .selectFrom('report_confirmation')
          .select(number)
          .where('person_id', '=', of(personId))
          .$asScalar()
          .$notNull()
          .as('confirmations'),
        eb.selectFrom('session').select(number).where('user_id', '=', of(userId)).$asScalar().$notNull().as('sessions'),
        eb
          .selectFrom('audit_event')
          .select(number)
          .where(isInLogOf(db, { personId, userId }))
          .$asScalar()
          .$notNull()
          .as('logLines'),
      ];
    })
    .executeTakeFirstOrThrow();
  return row;
}

/** Cohorts that would have no trainer without this account. */
export async function listLeftWithoutTrainer(db: Db, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('cohort', 'cohort.id', 'role_grant.cohort_id')
    .select('cohort.name')
    .where('role_grant.user_id', '=', userId)
    .where('cohort.id', 'not in', (eb) =>
      eb
        .selectFrom('role_grant as other')
        .select('other.cohort_id')
        .where('other.user_id', '!=', userId)
        .where('other.cohort_id', 'is not', null)
        .$narrowType<{ cohort_id: string }>(),
    )
    .orderBy('cohort.name')
    .execute();
  return rows.map(({ name }) => name);
}
