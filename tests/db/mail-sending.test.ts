import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import { countHeldUp, findHeldUp, findTrouble } from '#lib/server/mail/trouble-service.ts';
import { testDatabase } from '../support/database.ts';
import { FROM, senderTo } from '../support/outbox.ts';
import { header, mailServer, MailServer, Refusal } from '../support/smtp.ts';

let db: Db;
let clock: Date;
const now = () => clock;
const later = (seconds: number) => (clock = new Date(clock.getTime() + seconds * 1000));

beforeEach(async () => {
  db = await testDatabase();
  clock = new Date('2026-01-05T09:00:00Z');
});

const addressOf = (number: number) => `iemand${number}@school.example`;

async function ask(count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let number = 1; number <= count; number++) {
      const to = { address: addressOf(number), language: 'nl' } as const;
      await enqueue(trx, { template: 'test', to, about: {}, roundId: null, onceKey: `test:${number}` }, clock);
    }
  });
}

const mails = () =>
  db
    .selectFrom('mail')
    .select(['id', 'address', 'status', 'attempts', 'fault', 'claimed_until'])
    .orderBy('id')
    .execute();
const statuses = async () => (await mails()).map(({ status }) => status);

async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await isReached())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(10);
  }
}

describe('sending', () => {
  it('goes on after a mail was asked for, as soon as that is committed, and once each', async () => {
    const server = await mailServer();
    senderTo(db, server.url, { now }).start();
    await ask(20);
    await until(async () => (await statuses()).every((status) => status === 'sent'));
    expect(server.accepted).toHaveLength(20);
    expect(new Set(server.addresses).size).toBe(20);
    expect(await mails()).toMatchObject(Array.from({ length: 20 }, () => ({ attempts: 1, fault: null })));
  });

  it('says that no person wrote it, and which mail it is', async () => {
    const server = await mailServer();
    await ask(1);
    await senderTo(db, server.url, { now }).run();
    const [mail] = await mails();
    const [sent] = server.accepted;
    expect(sent?.messageId).toBe(`<${mail?.id}@drieluik.school.example>`);
    expect(header(sent, 'auto-submitted')).toBe('auto-generated');
    expect(header(sent, 'return-receipt-to') ?? header(sent, 'disposition-notification-to')).toBeUndefined();
    expect(sent?.from).toMatchObject({ name: 'Drieluik', address: 'drieluik@swv.example' });
  });

  it('waits in the outbox where no mail server is set up', async () => {
    await ask(1);
    expect(await senderTo(db, null).run()).toEqual({ sent: 0, dropped: 0, failed: 0, later: 0 });
    expect(await statuses()).toEqual(['waiting']);
  });

  it('by two processes at once sends each mail once', async () => {
    const server = await mailServer();
    await ask(30);
    const senders = [senderTo(db, server.url, { now }), senderTo(db, server.url, { now })];
    await Promise.all(senders.map((sender) => sender.run()));
    expect(server.accepted).toHaveLength(30);
    expect(new Set(server.addresses).size).toBe(30);
  });

  it('leaves a mail alone that another process is sending, whatever the clock says, and takes it over once that is gone', async () => {
    const server = await mailServer();
    await ask(1);
    await db.updateTable('mail').set({ claimed_until: clock.toISOString() }).execute();
    const sender = senderTo(db, server.url, { now, lapses: 100 });
    later(86_400);
    await sender.run();
    expect(server.accepted).toEqual([]);
    await delay(120);
    await sender.run();
    expect(server.accepted).toHaveLength(1);
  });

  it('sends nothing again when the clock is put back or forward', async () => {
    const server = await mailServer();
    await ask(3);
    const sender = senderTo(db, server.url, { now });
    await sender.run();
    for (const jump of [-7200, 86_400 * 400, -86_400 * 800]) {
      later(jump);
      await sender.run();
    }
    expect(server.accepted).toHaveLength(3);
  });
});

describe('a mail server', () => {
  it('that refuses one address among many stops none of the others', async () => {
    const server = await mailServer({
      onRecipient: (address) => {
        if (address === addressOf(7)) throw new Refusal(550, 'no such user, secret=hunter2');
      },
    });
    await ask(12);
    const tally = await senderTo(db, server.url, { now }).run();
    expect(tally).toEqual({ sent: 11, dropped: 0, failed: 1, later: 0 });
    const failed = (await mails()).filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ address: addressOf(7), fault: 'address_refused 550', attempts: 1 }]);
  });

  it('that puts a mail off gets it again later, and not before', async () => {
    let isOpen = false;
    const server = await mailServer({
      onRecipient: () => {
        if (!isOpen) throw new Refusal(451, 'greylisted');
      },
    });
    await ask(1);
    const sender = senderTo(db, server.url, { now, chance: () => 0.5 });
    await sender.run();
    expect(await mails()).toMatchObject([{ status: 'waiting', attempts: 1, fault: 'later 451', claimed_until: null }]);
    isOpen = true;
    later(59);
    await sender.run();
    expect(server.accepted).toEqual([]);
    later(1);
    await sender.run();
    expect(await mails()).toMatchObject([{ status: 'sent', attempts: 2, fault: null }]);
  });

  it('that puts a mail off for over two days has it given up', async () => {
    const server = await mailServer({
      onRecipient: () => {
        throw new Refusal(451);
      },
    });
    await ask(1);
    const sender = senderTo(db, server.url, { now });
    for (let attempt = 0; attempt < 20; attempt++) {
      await sender.run();
      later(8 * 3600);
    }
    expect(await mails()).toMatchObject([{ status: 'failed', attempts: 17, fault: 'given_up 451' }]);
    expect(server.recipients).toBe(17);
  });

  it('that is down holds up all mail, counts against none, and gets it all once it is back', async () => {
    const gone = new MailServer({});
    await gone.listen();
    const { port, url } = gone;
    await gone.close();
    await ask(8);
    const sender = senderTo(db, url, { now });
    await sender.run();
    expect(await findTrouble(db, clock)).toEqual({ code: 'unreachable', reply: null, since: clock });
    expect(await findHeldUp(db, { url, from: FROM }, clock)).toBe('unreachable');
    expect((await mails()).every(({ status, attempts }) => status === 'waiting' && attempts === 0)).toBe(true);
    // It was not tried for every mail.
    expect((await mails()).filter(({ fault }) => fault !== null).length).toBeLessThanOrEqual(3);

    const server = await mailServer({ port });
    later(600);
    sender.resume();
    await until(async () => (await statuses()).every((status) => status === 'sent'));
    expect(server.accepted).toHaveLength(8);
    expect(await findHeldUp(db, { url, from: FROM }, clock)).toBeNull();
  });

  it('that does not let us in holds up all mail and is named', async () => {
    const server = await mailServer({ password: 'right' });
    await ask(2);
    const sender = senderTo(db, server.url.replace('right', 'wrong'), { now });
    await sender.run();
    expect(await findTrouble(db, clock)).toMatchObject({ code: 'sign_in_refused', reply: 535 });
    expect(await findHeldUp(db, { url: server.url, from: FROM }, clock)).toBe('settings');
    expect(await statuses()).toEqual(['waiting', 'waiting']);
    expect(JSON.stringify(await mails())).not.toContain('wrong');
    await senderTo(db, server.url, { now: () => new Date(clock.getTime() + 600_000) }).run();
    expect(await statuses()).toEqual(['sent', 'sent']);
  });

  it('that is down is known to every process, since the first who found it, until any of them sends', async () => {
    const server = await mailServer({ password: 'right' });
    const wrong = () => senderTo(db, server.url.replace('right', 'wrong'), { now }).run();
    await ask(4);
    const first = clock;
    await wrong();
    later(60);
    await wrong(); // another process
    expect(await findTrouble(db, clock)).toMatchObject({ since: first });
    expect(await countHeldUp(db, { url: server.url, from: FROM }, clock)).toBe(4);
    later(600);
    await senderTo(db, server.url, { now }).run();
    expect(await findTrouble(db, first), 'however long ago it was found').toBeNull();
    expect(await countHeldUp(db, { url: server.url, from: FROM }, clock)).toBe(0);
  });

  it('that was down says nothing any more once nobody tries: the process that found it is gone', async () => {
    const server = await mailServer({ password: 'right' });
    await ask(1);
    await senderTo(db, server.url.replace('right', 'wrong'), { now }).run();
    later(240);
    expect(await findTrouble(db, clock)).not.toBeNull();
    later(600);
    expect(await findTrouble(db, clock)).toBeNull();
  });

  it('that is slow does not hold up the database', async () => {
    const server = await mailServer({ onMail: () => delay(400) });
    await ask(3);
    const sending = senderTo(db, server.url, { now }).run();
    await until(() => server.recipients > 0);
    const start = performance.now();
    await db.transaction().execute((trx) => trx.updateTable('person').set({ name: 'x' }).execute());
    expect(performance.now() - start).toBeLessThan(200);
    await sending;
    expect(server.accepted).toHaveLength(3);
  });

  it('that is gone in the middle of a mail gets it again, as the same mail', async () => {
    let cuts = 1;
    const ids: (string | undefined)[] = [];
    const server = await mailServer({
      onMail: ({ messageId }, self) => {
        ids.push(messageId);
        if (cuts-- > 0) self.cut();
      },
    });
    await ask(1);
    const sender = senderTo(db, server.url, { now });
    await sender.run();
    expect(await statuses()).toEqual(['waiting']);
    later(600);
    sender.resume();
    await until(async () => (await statuses())[0] === 'sent');
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('that is gone right after its 250 gets the mail no more', async () => {
    const server = await mailServer({ onMail: (_email, self) => void setTimeout(() => self.cut(), 30) });
    await ask(1);
    const sender = senderTo(db, server.url, { now });
    await sender.run();
    await delay(60);
    later(600);
    sender.resume();
    await sender.run();
    expect(await statuses()).toEqual(['sent']);
    expect(server.accepted).toHaveLength(1);
  });
});

describe('stopping', () => {
  it('lets what is under way be sent, and begins nothing more', async () => {
    const server = await mailServer({ onMail: () => delay(200) });
    await ask(10);
    const sender = senderTo(db, server.url, { now });
    const sending = sender.run();
    await until(() => server.recipients === 3);
    await sender.stop();
    await sending;
    expect(server.accepted).toHaveLength(3);
    expect((await statuses()).filter((status) => status === 'sent')).toHaveLength(3);
    expect((await mails()).every(({ claimed_until }) => claimed_until === null)).toBe(true);
  });
});
