import type { Mode } from '#lib/disclosure/mode.ts';
import type { Answer } from '#lib/form/answer.ts';
import type { Role } from '#lib/instrument/types.ts';

/** The whole demonstration as it should come to be, before anything of it is stored. */
export type DemoPlan = {
  partnership: string;
  staff: Record<'trainer' | 'admin' | 'steering', DemoPerson>;
  cohorts: DemoCohort[];
};

/** Known by the address. */
export type DemoPerson = { name: string; email: string };

/** Which template and list a cohort follows (course.ts): the whole programme, or that for pairs of director and IB'er. */
export type DemoCourse = 'whole' | 'pairs';

export type DemoCohort = {
  name: string;
  programme: string;
  course: DemoCourse;
  trainerSeesSchools: boolean;
  startedAt: Date;
  /** In order: T0, T1 … */
  rounds: DemoRound[];
  /** In order: K1 … */
  pulses: DemoRound[];
};

export type DemoRound = {
  name: string;
  /** What a pulse asks; null: the whole list. */
  aspects: readonly string[] | null;
  openedAt: Date;
  /** Null: the round is open. */
  closedAt: Date | null;
  releasedAt: Date | null;
  /** The days that its trainer chose (yyyy-mm-dd); null: by hand. */
  opensOn: string | null;
  closesOn: string | null;
  /** Who joins the cohort before this round; before the first it is everybody. */
  joining: DemoSchool[];
  /** Whose director changes before this round. */
  newDirectors: { school: DemoSchool; director: DemoPerson }[];
  schools: DemoSchoolRound[];
};

/** An IB'er at a school with the team at the moment of joining. */
export type DemoSchool = {
  name: string;
  brin: string;
  ib: DemoPerson;
  director: DemoPerson;
  teachers: DemoPerson[];
};

export type DemoSchoolRound = { school: DemoSchool; mode: Mode; released: boolean; forms: DemoForm[] };

/** A form that somebody started; who is asked and did not start has none. */
export type DemoForm = {
  person: DemoPerson;
  role: Role;
  /** A teacher's answer in open mode; null where the question is not asked. */
  consent: boolean | null;
  pageSeed: number;
  startedAt: Date;
  /** Null: stopped half-way. */
  submittedAt: Date | null;
  answers: DemoAnswer[];
  scales: DemoScale[];
};

export type DemoAnswer = Answer & { aspect: string };

/** The scale question, 0–10, with a note a follow-up question; looking back (`then`) has no notes. */
export type DemoScale = { competency: string; moment: 'now' | 'then'; value: number; notes: string[] };
