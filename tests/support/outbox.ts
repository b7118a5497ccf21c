import { pino } from 'pino';
import type { Email } from 'postal-mime';
import { onTestFinished } from 'vitest';
import { createAuth, signInLink } from '#lib/server/auth/auth.ts';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue, type NewMail } from '#lib/server/mail/outbox-service.ts';
import { MailSender, type SenderOptions } from '#lib/server/mail/sender.ts';
import { createSmtp, type Smtp } from '#lib/server/mail/smtp.ts';
import { SECRET } from './factories.ts';
import { mailServer } from './smtp.ts';

export const PUBLIC_URL = 'https://drieluik.school.example';
export const FROM = 'Drieluik <drieluik@swv.example>';

/** A connection to this mail server, closed when the test ends. */
export function smtpTo(url: string): Smtp {
  const smtp = createSmtp({ url, from: FROM }, PUBLIC_URL);
  onTestFinished(() => smtp.close(true));
  return smtp;
}

/** Sends what is in the outbox of this database through this mail server; stopped when the test ends. */
export function senderTo(db: Db, smtp: Smtp | string | null, options: Partial<SenderOptions> = {}): MailSender {
  const settings = { secret: SECRET, publicUrl: PUBLIC_URL };
  const auth = createAuth(db, settings);
  const sender = new MailSender({
    smtp: typeof smtp === 'string' ? smtpTo(smtp) : smtp,
    writing: { db, ...settings, signInLink: (email) => signInLink(auth, PUBLIC_URL, email) },
    log: pino({ level: 'silent' }),
    ...options,
  });
  onTestFinished(() => sender.stop());
  return sender;
}

/** Takes away what opening a round asked for, so that a test counts its own mails only. */
export async function emptyOutbox(db: Db): Promise<void> {
  await db.deleteFrom('mail').execute();
}

/** A mail to ask for, of the round unless it says otherwise. */
export type Asked = Pick<NewMail, 'template' | 'to'> & Partial<NewMail>;

let counter = 0;

/**
 * Asks for these mails and sends them through a real mail server; what the services asked for on the way there is not what
 * a test is about. @returns what arrived
 */
export async function arrived(db: Db, roundId: string, ...asked: Asked[]): Promise<Email[]> {
  await db.deleteFrom('mail').where('once_key', 'not like', 'test:%').execute();
  for (const mail of asked) {
    await enqueue(db, { about: {}, roundId, onceKey: `test:${++counter}`, ...mail }, new Date());
  }
  const server = await mailServer();
  await senderTo(db, server.url).run();
  return server.accepted;
}
