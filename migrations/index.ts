import type { Migration } from 'kysely/migration';
import * as m0001 from './0001-main-road.ts';
import * as m0002 from './0002-report-confirmation.ts';
import * as m0003 from './0003-demonstration.ts';
import * as m0004 from './0004-people-and-mail.ts';
import * as m0005 from './0005-audit-append-only.ts';
import * as m0006 from './0006-invitations-of-a-school.ts';
import * as m0007 from './0007-failed-mail.ts';
import * as m0008 from './0008-sessions-hashed.ts';
import * as m0009 from './0009-account-mail.ts';
import * as m0010 from './0010-privacy-contact.ts';
import * as m0011 from './0011-erasure-and-journal.ts';
import * as m0012 from './0012-retention.ts';
import * as m0013 from './0013-round-sums.ts';
import * as m0014 from './0014-next-session.ts';
import * as m0015 from './0015-own-lists.ts';
import * as m0016 from './0016-pulse-rounds.ts';
import * as m0017 from './0017-mail-trouble.ts';
import * as m0018 from './0018-privacy-notice.ts';
import * as m0019 from './0019-cleared-cohorts.ts';
import * as m0020 from './0020-answers-of-cleared-cohorts.ts';
import * as m0031 from './0031-wording-again.ts';
import * as m0021 from './0021-programme-plan.ts';
import * as m0029 from './0029-reminder-stop.ts';
import * as m0022 from './0022-planned-rounds-cancelled.ts';
import * as m0027 from './0027-programme-notes.ts';
import * as m0024 from './0024-attendance.ts';
import * as m0025 from './0025-usefulness.ts';
import * as m0026 from './0026-calendar-links.ts';
import * as m0032 from './0032-own-choices.ts';
import * as m0038 from './0038-what-erasing-tells.ts';
import * as m0039 from './0039-attendance-kept.ts';
import * as m0040 from './0040-action-plans.ts';
import * as m0041 from './0041-assignment-kind.ts';
import * as m0035 from './0035-hand-ins.ts';
import * as m0036 from './0036-feedback-mail.ts';
import * as m0033 from './0033-registration.ts';
import * as m0034 from './0034-registration-mail.ts';
import * as m0042 from './0042-registrations-told.ts';

/** Every migration by name, in order. A landed one is frozen: change the schema with a new file. */
export const migrations: Record<string, Migration> = {
  '0001-main-road': m0001,
  '0002-report-confirmation': m0002,
  '0003-demonstration': m0003,
  '0004-people-and-mail': m0004,
  '0005-audit-append-only': m0005,
  '0006-invitations-of-a-school': m0006,
  '0007-failed-mail': m0007,
  '0008-sessions-hashed': m0008,
  '0009-account-mail': m0009,
  '0010-privacy-contact': m0010,
  '0011-erasure-and-journal': m0011,
  '0012-retention': m0012,
  '0013-round-sums': m0013,
  '0014-next-session': m0014,
  '0015-own-lists': m0015,
  '0016-pulse-rounds': m0016,
  '0017-mail-trouble': m0017,
  '0018-privacy-notice': m0018,
  '0019-cleared-cohorts': m0019,
  '0020-answers-of-cleared-cohorts': m0020,
  '0031-wording-again': m0031,
  '0021-programme-plan': m0021,
  '0029-reminder-stop': m0029,
  '0022-planned-rounds-cancelled': m0022,
  '0027-programme-notes': m0027,
  '0024-attendance': m0024,
  '0025-usefulness': m0025,
  '0026-calendar-links': m0026,
  '0032-own-choices': m0032,
  '0038-what-erasing-tells': m0038,
  '0039-attendance-kept': m0039,
  '0040-action-plans': m0040,
  '0041-assignment-kind': m0041,
  '0035-hand-ins': m0035,
  '0036-feedback-mail': m0036,
  '0033-registration': m0033,
  '0034-registration-mail': m0034,
  '0042-registrations-told': m0042,
};
