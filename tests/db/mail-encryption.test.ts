import selfsigned from 'selfsigned';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import { findTrouble } from '#lib/server/mail/trouble-service.ts';
import { testDatabase } from '../support/database.ts';
import { senderTo } from '../support/outbox.ts';
import { mailServer, type MailServer } from '../support/smtp.ts';

/** A certificate of this machine that nobody signed, made for this run. */
let own: { key: string; cert: string };
let db: Db;

beforeAll(() => {
  const altNames = [{ type: 7, ip: '127.0.0.1' }];
  const made = selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    ...{ days: 2, keySize: 2048, algorithm: 'sha256', extensions: [{ name: 'subjectAltName', altNames }] },
  });
  own = { key: made.private, cert: made.cert };
});

beforeEach(async () => {
  db = await testDatabase();
  const to = { address: 'iemand@school.example', language: 'nl' } as const;
  await enqueue(db, { template: 'test', to, about: {}, roundId: null, onceKey: 'test:1' }, new Date());
});

/** What became of the one mail, and what the administrator's page says is wrong. */
async function send(server: MailServer, url = server.url) {
  await senderTo(db, url).run();
  const mail = await db.selectFrom('mail').select(['status', 'attempts', 'fault']).executeTakeFirstOrThrow();
  return { ...mail, trouble: (await findTrouble(db, new Date()))?.code ?? null, accepted: server.accepted.length };
}

const refused = { status: 'waiting', attempts: 0, fault: 'certificate_refused', accepted: 0 };

describe.each(['start', 'STARTTLS'] as const)('encryption from %s on', (from) => {
  it('is not used with a certificate that nobody signed: all mail waits, and the page says why', async () => {
    const server = await mailServer({ tls: { from, ...own } });
    expect(await send(server)).toEqual({ ...refused, trouble: 'certificate_refused' });
  });

  it('is used with such a certificate where the operator says so, with the password', async () => {
    const server = await mailServer({ tls: { from, ...own }, password: 'geheim' });
    expect(await send(server, `${server.url}?tls.rejectUnauthorized=false`)).toMatchObject({
      ...{ status: 'sent', trouble: null, accepted: 1 },
    });
  });
});

describe('without encryption', () => {
  it('nothing is sent where it is asked for and the server has none', async () => {
    const server = await mailServer();
    expect(await send(server, `${server.url}?requireTLS=true`)).toMatchObject({
      ...{ status: 'waiting', attempts: 0, trouble: 'encryption_failed', accepted: 0 },
    });
  });

  it('nothing is sent to a server that speaks plain text where smtps:// is said', async () => {
    const server = await mailServer();
    expect(await send(server, server.url.replace('smtp:', 'smtps:'))).toMatchObject({
      ...{ status: 'waiting', attempts: 0, trouble: 'encryption_failed', accepted: 0 },
    });
  });
});
