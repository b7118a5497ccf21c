import * as backups from '#lib/server/backups/schedule-service.ts';
import * as trouble from '#lib/server/mail/trouble-service.ts';
import { tellOfNew } from '#lib/server/registrations/news-service.ts';
import { sumMissingAmbitions } from '#lib/server/reports/service.ts';
import { runRetention } from '#lib/server/retention/run-service.ts';
import { runSchedule } from '#lib/server/rounds/schedule-service.ts';
import * as cleaning from './cleaning-service.ts';
import type { Job } from './job.ts';

/** Mail goes out as soon as it is asked for; this finds what was put off, and what another process asked for. */
const mail: Job = {
  name: 'mail',
  everySeconds: 20,
  run: async ({ db, config, mail: sender }, now) => {
    const { sent, dropped, failed, later } = await sender.run();
    const heldUp = await trouble.countHeldUp(db, config.mail, now);
    return `sent ${sent}, dropped ${dropped}, failed ${failed}, later ${later}, held up ${heldUp}`;
  },
};

const tidying: Job = {
  name: 'cleaning',
  everySeconds: 3600,
  run: async ({ db }, now) => {
    const { sessions, tokens, mails, runs, unsent, schools } = await cleaning.clean(db, now);
    return `sessions ${sessions}, tokens ${tokens}, mails ${mails}, runs ${runs}, unsent ${unsent}, registrations ${schools}`;
  },
};

/** Rounds open and close on their day, and raters are reminded. */
const rounds: Job = {
  name: 'rounds',
  everySeconds: 60,
  run: ({ db, config }, now) => runSchedule(db, config, now),
};

/** Trainers hear in the morning how many schools registered. */
const registrations: Job = {
  name: 'registrations',
  everySeconds: 3600,
  run: ({ db }, now) => tellOfNew(db, now),
};

/** What earlier rounds say of ambitions that came after them. */
const ambitions: Job = {
  name: 'ambitions',
  everySeconds: 600,
  run: async ({ db }) => `summed ${await sumMissingAmbitions(db)}`,
};

/** Names, addresses and remarks are announced to go, and go. */
const retention: Job = {
  name: 'retention',
  everySeconds: 3600,
  run: ({ db }, now) => runRetention(db, now),
};

/** A copy of the database a day, and old ones go. */
const backup: Job = {
  name: 'backup',
  everySeconds: 86_400,
  run: async ({ db, config }, now) => {
    const { copies, removed } = await backups.backUp(db, config, now);
    return `copies ${copies}, removed ${removed}`;
  },
};

/** Everything that is done from time to time. */
export const JOBS: readonly Job[] = [mail, rounds, registrations, ambitions, tidying, retention, backup];
