import { m } from '#lib/paraglide/messages.js';

type Names = { ratee: string; director: string };

type Options = { locale?: 'nl' | 'en' };
type After = (inputs?: Record<string, never>, options?: Options) => string;
type Naming = (names: Names, options?: Options) => string;

/** The first three follow the names of the readers; the others name them themselves. */
type ReaderWords = Record<'protected' | 'openOne' | 'open', After> &
  Record<'onlyTeacher' | 'fewTeachers' | 'yes' | 'noOfOnly' | 'takenBackByOnly', Naming>;

const TWO: ReaderWords = {
  protected: m.form_sees_protected,
  openOne: m.form_sees_open_one,
  open: m.form_sees_open,
  onlyTeacher: m.form_recognised_only,
  fewTeachers: m.form_recognised_few,
  yes: m.form_consent_yes_means,
  noOfOnly: m.form_consent_no_means_alone,
  takenBackByOnly: m.take_back_alone,
};
const ONE: ReaderWords = {
  protected: m.roles_sees_protected,
  openOne: m.roles_sees_open_one,
  open: m.roles_sees_open,
  onlyTeacher: m.roles_recognised_only,
  fewTeachers: m.roles_recognised_few,
  yes: m.roles_consent_yes_means,
  noOfOnly: m.roles_consent_no_means_alone,
  takenBackByOnly: m.roles_take_back_alone,
};

/**
 * What is said to a teacher of who reads the report and sees those answers: IB'er and director, or where the list asks no
 * director her alone.
 */
export function readersOf(asksDirector: boolean): ReaderWords {
  return asksDirector ? TWO : ONE;
}

/** For whom the report is, as it is said to whoever has this role: "jou en Marloes", "Marloes en Joost", "jou". */
export function reportIsFor(
  role: 'director' | 'ib' | 'teacher',
  { ratee, director }: Names,
  asksDirector: boolean,
): string {
  if (role === 'director') return m.form_readers_you({ other: ratee });
  if (role === 'ib') return asksDirector ? m.form_readers_you({ other: director }) : m.roles_readers_you();
  return asksDirector ? m.form_sees_both({ ratee, director }) : ratee;
}
