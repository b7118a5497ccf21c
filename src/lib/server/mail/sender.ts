import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ClaimWatch } from '#lib/server/claims.ts';
import type { Db } from '#lib/server/db/open.ts';
import { writeMailFault, type MailFaultCode } from '#lib/text/mail-faults.ts';
import { compose, type Writing } from './compose-service.ts';
import { onMail } from './nudge.ts';
import * as queries from './outgoing-queries.ts';
import { MOST_ATTEMPTS, pauseAfter, retryAfter } from './retry-after.ts';
import { CONNECTIONS, faultOf, type Smtp } from './smtp.ts';
import * as trouble from './trouble-service.ts';

/** A mail that is being sent belongs to its process as long as that says so every `BEAT`; `LAPSES` later it is anybody's. */
const BEAT = 10_000;
const LAPSES = 30_000;
/** Mails looked at for one to claim: more than others can hold at a time. */
const CANDIDATES = 20;
/** How long stopping waits for mails that are under way. */
const PATIENCE = 5000;

/** What came of a run of the outbox. */
export type Tally = { sent: number; dropped: number; failed: number; later: number };

export type SenderOptions = {
  /** Null: mail is not set up, and stays in the outbox. */
  smtp: Smtp | null;
  writing: Writing;
  log: Logger;
  now?: () => Date;
  /** 0–1, for the spread of retries. */
  chance?: () => number;
  lapses?: number;
};

/**
 * Sends what waits in the outbox: some mails at a time, each claimed first, so that of several processes one sends it.
 * No transaction is open while it talks to the mail server. A server that cannot be reached holds up all mail and counts
 * against none.
 */
export class MailSender {
  readonly #smtp: Smtp | null;
  readonly #writing: Writing;
  readonly #db: Db;
  readonly #log: Logger;
  readonly #now: () => Date;
  readonly #chance: () => number;
  readonly #watch: ClaimWatch;
  readonly #underWay = new Set<string>();
  #running: Promise<Tally> | null = null;
  #isAskedAgain = false;
  #isStopped = false;
  /** Somebody wrote down that the server takes no mail, this process or another. */
  #isTroubleTold = false;
  #failures = 0;
  #pause: NodeJS.Timeout | null = null;
  #stopListening: () => void = () => undefined;

  constructor({ smtp, writing, log, now = () => new Date(), chance = Math.random, lapses = LAPSES }: SenderOptions) {
    this.#smtp = smtp;
    this.#writing = writing;
    this.#db = writing.db;
    this.#log = log;
    this.#now = now;
    this.#chance = chance;
    this.#watch = new ClaimWatch(lapses);
  }

  /** Sends from now on as soon as mail is asked for in this process. */
  start(): void {
    if (this.#smtp !== null) this.#stopListening = onMail(() => this.#wake());
  }

  /** Tries again at once, though the server could not be reached just now: somebody may have mended it. */
  resume(): void {
    this.#endPause();
    this.#wake();
  }

  /** Sends what is due, unless the server is known to be away. @returns what came of it; of a run that goes on already, its end */
  run(): Promise<Tally> {
    if (this.#smtp === null || this.#isStopped || this.#pause !== null) {
      return Promise.resolve({ sent: 0, dropped: 0, failed: 0, later: 0 });
    }
    this.#running ??= this.#sendAll(this.#smtp).finally(() => (this.#running = null));
    return this.#running;
  }

  /** Sends no more; waits a moment for what is under way. What is cut off is sent again by the next process. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    this.#endPause();
    this.#smtp?.close(false);
    if (this.#running === null) return;
    const impatience = setTimeout(() => this.#smtp?.close(true), PATIENCE);
    await this.#running.catch(() => undefined);
    clearTimeout(impatience);
  }

  #wake(): void {
    if (this.#running !== null) this.#isAskedAgain = true;
    else this.run().catch((cause: unknown) => this.#logFault(cause));
  }

  async #sendAll(smtp: Smtp): Promise<Tally> {
    const tally: Tally = { sent: 0, dropped: 0, failed: 0, later: 0 };
    const beat = setInterval(() => void this.#keepClaims(), BEAT).unref();
    try {
      this.#isTroubleTold ||= await trouble.isTold(this.#db);
      do {
        this.#isAskedAgain = false;
        // After a fault of the server one mail goes ahead, to see whether it is back.
        if (this.#failures > 0) await this.#sendNext(smtp, tally);
        await Promise.all(Array.from({ length: CONNECTIONS }, () => this.#lane(smtp, tally)));
      } while (this.#isAskedAgain && this.#goesOn());
    } finally {
      clearInterval(beat);
    }
    return tally;
  }

  async #lane(smtp: Smtp, tally: Tally): Promise<void> {
    while (this.#goesOn() && (await this.#sendNext(smtp, tally))) continue;
  }

  #goesOn(): boolean {
    return !this.#isStopped && this.#pause === null;
  }

  /** @returns whether there was a mail to send */
  async #sendNext(smtp: Smtp, tally: Tally): Promise<boolean> {
    const mail = await this.#claimNext();
    if (mail === null) return false;
    this.#underWay.add(mail.id);
    try {
      const outcome = await this.#attempt(smtp, mail);
      tally[outcome.status === 'waiting' ? 'later' : outcome.status] += 1;
      await this.#markSurely(mail.id, outcome);
    } finally {
      this.#underWay.delete(mail.id);
    }
    return true;
  }

  async #claimNext(): Promise<queries.WaitingMail | null> {
    const now = this.#now();
    const until = new Date(now.getTime() + LAPSES).toISOString();
    for (const mail of await queries.listDue(this.#db, now.toISOString(), CANDIDATES)) {
      if (this.#underWay.has(mail.id) || !this.#watch.isFree(mail.id, mail.claim)) continue;
      if (await queries.claim(this.#db, mail, until)) return mail;
    }
    return null;
  }

  async #attempt(smtp: Smtp, mail: queries.WaitingMail): Promise<queries.Mark> {
    const attempts = mail.attempts + 1;
    try {
      const composed = await compose(this.#writing, mail, this.#now());
      const at = this.#now().toISOString();
      if (composed.kind !== 'ready') {
        const fault = composed.fault === null ? null : writeMailFault(composed.fault, null);
        return { status: composed.kind, at, attempts: mail.attempts, fault };
      }
      try {
        await smtp.send({ id: mail.id, to: composed.to, letter: composed.letter });
      } catch (cause) {
        return await this.#afterFault(mail, cause);
      }
      await this.#serverAnswers();
      return { status: 'sent', sentAt: this.#now().toISOString(), attempts };
    } catch (cause) {
      this.#logFault(cause, mail);
      return this.#putOff(attempts, 'unexpected', null);
    }
  }

  async #afterFault(mail: queries.WaitingMail, cause: unknown): Promise<queries.Mark> {
    const fault = faultOf(cause);
    const { isPassing, code, reply } = fault;
    this.#log.warn({ mail: mail.id, template: mail.template, fault: code, reply }, 'mail not sent');
    if (fault.about === 'server') {
      const againAt = new Date(this.#now().getTime() + this.#holdUp());
      await this.#tell(() => trouble.tell(this.#db, { code: fault.code, reply, againAt }, this.#now()), true);
      return {
        ...{ status: 'waiting', dueAt: againAt.toISOString(), attempts: mail.attempts },
        fault: writeMailFault(code, reply),
      };
    }
    await this.#serverAnswers();
    if (isPassing) return this.#putOff(mail.attempts + 1, code, reply);
    const at = this.#now().toISOString();
    return { status: 'failed', at, attempts: mail.attempts + 1, fault: writeMailFault(code, reply) };
  }

  #putOff(attempts: number, code: MailFaultCode, reply: number | null): queries.Mark {
    const at = this.#now();
    if (attempts >= MOST_ATTEMPTS) {
      return { status: 'failed', at: at.toISOString(), attempts, fault: writeMailFault('given_up', reply) };
    }
    const dueAt = new Date(at.getTime() + retryAfter(attempts, this.#chance())).toISOString();
    return { status: 'waiting', dueAt, attempts, fault: writeMailFault(code, reply) };
  }

  /** Holds up all mail. Mails that were under way together count as one failure. @returns milliseconds of the pause */
  #holdUp(): number {
    if (this.#pause === null) {
      this.#failures += 1;
      const wait = pauseAfter(this.#failures, this.#chance());
      this.#pause = setTimeout(() => {
        this.#pause = null;
        this.#wake();
      }, wait).unref();
    }
    return pauseAfter(Math.max(1, this.#failures), 0);
  }

  /** The server answers (again), or is to be tried though it did not. */
  #endPause(): void {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
    this.#failures = 0;
  }

  async #serverAnswers(): Promise<void> {
    this.#endPause();
    if (this.#isTroubleTold) await this.#tell(() => trouble.end(this.#db), false);
  }

  /** Writes down how the server is; that this cannot be written is held against no mail. */
  async #tell(write: () => Promise<void>, isTrouble: boolean): Promise<void> {
    try {
      await write();
      this.#isTroubleTold = isTrouble;
    } catch (cause) {
      this.#logFault(cause);
    }
  }

  /** What was accepted must be written down, or it goes out twice: it stays claimed until it is. */
  async #markSurely(id: string, outcome: queries.Mark): Promise<void> {
    for (;;) {
      try {
        await queries.mark(this.#db, id, outcome);
        return;
      } catch (cause) {
        this.#logFault(cause);
        if (this.#isStopped) return;
        await delay(1000);
      }
    }
  }

  async #keepClaims(): Promise<void> {
    const until = new Date(this.#now().getTime() + LAPSES).toISOString();
    try {
      await queries.keepClaims(this.#db, [...this.#underWay], until);
    } catch (cause) {
      this.#logFault(cause);
    }
  }

  #logFault(cause: unknown, mail?: queries.WaitingMail): void {
    const error = cause instanceof Error ? cause : new Error('not an Error');
    this.#log.error({ mail: mail?.id, template: mail?.template, stack: error.stack }, 'outbox fault');
  }
}
