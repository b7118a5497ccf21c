import { beforeEach, describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as failed from '#lib/server/mail/failed-service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { PUBLIC_URL, senderTo } from '../support/outbox.ts';
import { addSession } from '../support/sessions.ts';
import { mailServer, Refusal } from '../support/smtp.ts';

let db: Db;
let cohort: make.TestCohort;
let session: string;
let personId: string;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
  await make.addSeries(db, cohort, { ib: 'Marloes Hendriks' });
  const now = new Date();
  const startsAt = new Date(now.getTime() - 3_600_000).toISOString();
  session = await addSession(db, cohort.id, { startsAt, title: 'Doelgericht communiceren' });
  const { people, others } = await attendance.open(db, cohort.trainer, cohort.id, session, now);
  personId = [...people, ...others][0]?.personId ?? '';
  await attendance.mark(db, cohort.trainer, cohort.id, session, { personId, seen: null, presence: 'present' }, now);
  await usefulness.ask(db, cohort.trainer, { secret: make.SECRET, mail: {} }, cohort.id, session, now);
});

async function sent() {
  const server = await mailServer();
  await senderTo(db, server.url).run();
  return server.accepted;
}

describe('the mail that asks how useful a session was', () => {
  it('names the session and carries the link that works', async () => {
    const [mail, ...rest] = await sent();
    expect(rest).toEqual([]);
    // Of a two-day event four sessions are asked about, two of one day: by the day alone the second mail looked like the first.
    expect(mail?.subject).toMatch(/^Hoe nuttig was de bijeenkomst ‘Doelgericht communiceren’ van /);
    const at = { cohortId: cohort.id, sessionId: session, personId };
    const settings = { secret: make.SECRET, publicUrl: PUBLIC_URL, mail: null };
    const link = await usefulness.copyLink(db, cohort.trainer, settings, at, new Date());
    expect(mail?.text).toContain(link);
    expect(mail?.text?.replace(/\s+/g, ' ')).toContain('‘Doelgericht communiceren’ van Cohort Oost');
  });

  it('does not go to whoever turned out not to have been there', async () => {
    await db.updateTable('attendance').set({ presence: 'absent' }).execute();
    expect(await sent()).toEqual([]);
    expect(await db.selectFrom('mail').select('status').execute()).toEqual([{ status: 'dropped' }]);
  });

  it('that failed is told to the trainer with why, and goes again, to the address of now, once', async () => {
    const refusing = await mailServer({
      onRecipient: () => {
        throw new Refusal(550);
      },
    });
    await senderTo(db, refusing.url).run();
    const faultOf = async () => {
      const question = await usefulness.ofSession(db, cohort.trainer, cohort.id, session, new Date());
      return question?.asked.map(({ fault }) => fault);
    };
    expect(await faultOf()).toEqual(['address_refused 550']);
    const at = { cohortId: cohort.id, sessionId: session, personId };
    const other = await make.makeCohort(db);
    await expect(usefulness.mailAgain(db, other.trainer, at, new Date())).rejects.toMatchObject({ code: 'forbidden' });
    await db.updateTable('person').set({ email: 'nieuw@school.example' }).where('id', '=', personId).execute();
    // As mending the address does: what had failed there is dropped.
    await failed.endFailures(db, personId, new Date());
    expect(await faultOf()).toEqual(['address_refused 550']);
    for (let press = 1; press <= 2; press += 1) await usefulness.mailAgain(db, cohort.trainer, at, new Date());
    expect(await faultOf()).toEqual([null]);
    expect((await sent()).map(({ to }) => to?.[0]?.address)).toEqual(['nieuw@school.example']);
    const lines = db.selectFrom('audit_event').select('object_id').where('action', '=', 'mail.retried');
    expect(await lines.execute()).toEqual([{ object_id: session }]);
  });

  it('is asked for about no invented cohort', async () => {
    await db.deleteFrom('usefulness_question').execute();
    await db.deleteFrom('mail').execute();
    await db.insertInto('demonstration').values({ kind: 'cohort', object_id: cohort.id }).execute();
    await usefulness.ask(db, cohort.trainer, { secret: make.SECRET, mail: {} }, cohort.id, session, new Date());
    expect(await db.selectFrom('mail').selectAll().execute()).toEqual([]);
  });
});
