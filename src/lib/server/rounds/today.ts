import { LIMITS } from '#lib/disclosure/limits.ts';
import { daysBetween } from '#lib/server/days.ts';
import type { RegistrationFacts } from '#lib/server/registrations/today-service.ts';
import type { MailHeldUp } from '#lib/text/mail-held-up.ts';
import { ofRegistration } from './today-registration.ts';

/** What is due in a trainer's cohorts, in the order in which it is best done. Pure. */

/** A round that is not over: planned, open, or closed with a report to release or a session to prepare. */
export type RoundFacts = {
  roundId: string;
  roundName: string;
  cohortId: string;
  cohortName: string;
  status: 'planned' | 'open' | 'closed';
  origin: 'app' | 'import';
  isPulse: boolean;
  opensOn: string | null;
  closesOn: string | null;
  /** The day on which it opened; null as long as it is planned. */
  openedOn: string | null;
  /** The day on which it closed; null as long as it has not. */
  closedOn: string | null;
  /** How many different schools it has. */
  schools: number;
  withoutDirector: number;
  invited: number;
  submitted: number;
  /** Reports that can be released: the IB'er submitted. */
  unreleased: number;
  /** Reports that are released; with the first one the cohort has its picture. */
  released: number;
  failedMails: number;
  waitingMails: number;
};

/** A cohort in which an IB'er cannot be reached. */
export type CohortFacts = { cohortId: string; cohortName: string; withoutAddress: number };

/** A cohort with sessions that are over and of which nothing is filled in; `day` is that of the last. */
export type SessionFacts = { cohortId: string; cohortName: string; day: string; count: number };

/** A round that the plan of a cohort has on a day that is near (programme/near-round.ts), and that nobody has planned. */
export type PlanFacts = { cohortId: string; cohortName: string; roundName: string; day: string };

export type DueKind =
  | 'held_back'
  | 'opens_today'
  | 'closes_today'
  | 'mail_failed'
  | 'mail_held_up'
  | 'no_director'
  | 'complete'
  | 'closes_soon'
  | 'opens_soon'
  | 'not_planned'
  | 'registration_below'
  | 'waits'
  | 'place_free'
  | 'place_wait'
  | 'place_none'
  | 'place_held_up'
  | 'fill_in'
  | 'release'
  | 'session'
  | 'no_address';

/** The order of the day: what cannot wait first, then what is missing, then what is coming, then what is ready. */
const ORDER: readonly DueKind[] = [
  'held_back',
  'opens_today',
  'closes_today',
  'mail_failed',
  'mail_held_up',
  'no_director',
  'complete',
  'closes_soon',
  'opens_soon',
  'not_planned',
  'registration_below',
  'waits',
  'place_free',
  'place_wait',
  'place_none',
  'place_held_up',
  'fill_in',
  'release',
  'session',
  'no_address',
];

/** One thing that is due, with the counts that its line tells. `roundId` is null for what is about a whole cohort, or a round that is not there yet. */
export type Due = {
  kind: DueKind;
  cohortId: string;
  cohortName: string;
  roundId: string | null;
  roundName: string | null;
  /** A pulse, which its name alone does not say. */
  isPulse: boolean;
  /** The day that it is about; null where it is about none. */
  day: string | null;
  count: number;
  submitted: number;
  invited: number;
  /** How many `count` ought to be at least; null where nothing is asked of it. */
  least: number | null;
};

/** What a line about a whole cohort leaves out. */
const OF_NO_ROUND = { roundId: null, roundName: null, isPulse: false, submitted: 0, invited: 0, least: null };

/** What opens or closes within so many days is coming. */
const SOON_DAYS = 7;

/** For so many days after closing a session is made from a round; later it is for who looks for it. */
const SESSION_DAYS = 28;

/**
 * Everything that is due on a day. Of the same kind, the nearest day comes first.
 * @param heldUp why no mail goes out, or null: mail of open rounds that waits is named. Where there is no mail server, that is
 * news only until somebody submitted: up to then it may be that nobody has a link.
 */
export function dueOn(
  today: string,
  rounds: readonly RoundFacts[],
  cohorts: readonly CohortFacts[],
  heldUp: MailHeldUp | null = null,
  sessions: readonly SessionFacts[] = [],
  registrations: readonly RegistrationFacts[] = [],
  notPlanned: readonly PlanFacts[] = [],
): Due[] {
  const due = [
    ...rounds.flatMap((round) => ofRound(today, round, heldUp)),
    ...cohorts.flatMap(ofCohort),
    ...sessions.map(ofSessions),
    ...notPlanned.map((facts): Due => ({ ...OF_NO_ROUND, ...facts, kind: 'not_planned', count: 0 })),
    ...registrations.flatMap((facts) => ofRegistration(today, facts)),
  ];
  return due.sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      (a.day ?? '').localeCompare(b.day ?? '') ||
      a.cohortName.localeCompare(b.cohortName),
  );
}

function ofRound(today: string, round: RoundFacts, heldUp: MailHeldUp | null): Due[] {
  const { roundId, roundName, isPulse, cohortId, cohortName, submitted, invited, failedMails, waitingMails } = round;
  const base = {
    roundId,
    roundName,
    isPulse,
    cohortId,
    cohortName,
    submitted,
    invited,
    day: null,
    count: 0,
    least: null,
  };
  const due: Due[] = [];
  if (round.status === 'planned') due.push(...ofPlanned(today, round, base));
  if (round.status === 'open') due.push(...ofOpen(today, round, base));
  if (round.status === 'closed' && round.origin === 'app' && round.unreleased > 0) {
    due.push({ ...base, kind: 'release', count: round.unreleased });
  }
  if (hasSession(today, round)) due.push({ ...base, kind: 'session' });
  if (round.status === 'open' && failedMails > 0) due.push({ ...base, kind: 'mail_failed', count: failedMails });
  const isNews = heldUp === 'unset' ? submitted === 0 : heldUp !== null;
  if (round.status === 'open' && isNews && waitingMails > 0) {
    due.push({ ...base, kind: 'mail_held_up', count: waitingMails });
  }
  return due;
}

/** The round closed not long ago, and its cohort has figures to choose a session by. */
function hasSession(today: string, { origin, closedOn, released, schools }: RoundFacts): boolean {
  if (origin !== 'app' || closedOn === null || released === 0 || schools < LIMITS.minSchools) return false;
  return daysBetween(closedOn, today) <= SESSION_DAYS;
}

type Base = Omit<Due, 'kind'>;

/** Once a day of opening is set: before that there is no hurry. */
function ofPlanned(today: string, { opensOn, withoutDirector }: RoundFacts, base: Base): Due[] {
  if (opensOn === null || daysBetween(today, opensOn) > SOON_DAYS) return [];
  if (opensOn < today) return [{ ...base, kind: 'held_back', day: opensOn }];
  const opening: Due = { ...base, kind: opensOn === today ? 'opens_today' : 'opens_soon', day: opensOn };
  const missing: Due = { ...base, kind: 'no_director', day: opensOn, count: withoutDirector };
  return withoutDirector > 0 ? [opening, missing] : [opening];
}

function ofOpen(today: string, { closesOn, openedOn, submitted, invited }: RoundFacts, base: Base): Due[] {
  if (closesOn !== null && closesOn <= today) return [{ ...base, kind: 'closes_today', day: closesOn }];
  if (submitted === invited) return [{ ...base, kind: 'complete', day: closesOn }];
  if (closesOn !== null && daysBetween(today, closesOn) <= SOON_DAYS) {
    return [{ ...base, kind: 'closes_soon', day: closesOn }];
  }
  const hasWaited = openedOn !== null && daysBetween(openedOn, today) >= SOON_DAYS;
  return hasWaited ? [{ ...base, kind: 'waits', day: openedOn }] : [];
}

function ofCohort({ cohortId, cohortName, withoutAddress }: CohortFacts): Due[] {
  if (withoutAddress === 0) return [];
  return [{ ...OF_NO_ROUND, kind: 'no_address', cohortId, cohortName, day: null, count: withoutAddress }];
}

function ofSessions(facts: SessionFacts): Due {
  return { ...OF_NO_ROUND, ...facts, kind: 'fill_in' };
}
