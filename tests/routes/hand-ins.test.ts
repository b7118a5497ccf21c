import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import { addDays, dayOf } from '#lib/server/days.ts';
import { FILE_BYTES } from '#lib/server/hand-ins/file-kinds.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import { actions, load } from '../../src/routes/(school)/assignments/[assignment]/+page.server.ts';
import Page from '../../src/routes/(school)/assignments/[assignment]/+page.svelte';
import { GET } from '../../src/routes/(school)/assignments/[assignment]/file/+server.ts';
import { load as first } from '../../src/routes/(school)/reports/+page.server.ts';
import * as feedback from '../../src/routes/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/handed-in/[person]/+page.server.ts';
import FeedbackPage from '../../src/routes/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/handed-in/[person]/+page.svelte';
import { GET as trainerFile } from '../../src/routes/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/handed-in/[person]/file/+server.ts';
import { actorOfPerson, addAssignment } from '../support/assignments.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { EXE, PDF } from '../support/hand-in-files.ts';
import { asSent } from '../support/page-body.ts';
import { send, visit, type Outcome } from '../support/page-event.ts';
import { render } from '../support/rendered.ts';

let app: App;
let cohort: make.TestCohort;
let assignment: string;
let ib: UserActor;
beforeEach(async () => {
  app = await testApp();
  cohort = await make.makeCohort(app.db);
  await make.addSeries(app.db, cohort, { teachers: 0 });
  assignment = await addAssignment(app.db, cohort.id, { dueOn: addDays(dayOf(new Date()), 7), title: 'Een gesprek' });
  const [person] = await attendance.takingPart(app.db, cohort.id, new Date());
  ib = await actorOfPerson(app.db, cohort, person?.personId ?? '');
});

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}
const hand = (fields: Record<string, string | File>) =>
  send(actions as never, 'default', { app, actor: ib, params: { assignment }, form: form({ stamp: '', ...fields }) });
const page = () => visit(load as never, { app, actor: ib, params: { assignment } });
const file = (bytes: Uint8Array, name = 'verslag.pdf') => new File([new Uint8Array(bytes)], name);
const padded = (size: number) => {
  const bytes = new Uint8Array(size);
  bytes.set(PDF);
  return bytes;
};

describe('the page of an assignment', () => {
  it('takes a text, a link and a file, and leads back to itself', async () => {
    const link = 'https://voorbeeld.example/map?a=1#b';
    const outcome = await hand({ text: 'Wat ik deed.\r\nEn nog iets.', link, file: file(PDF) });
    expect(outcome).toEqual({ to: `/assignments/${assignment}?done=handed_in` });
    expect(await page()).toMatchObject({
      data: {
        standing: 'changeable',
        work: { text: 'Wat ik deed.\nEn nog iets.', link, file: { name: 'verslag.pdf' } },
      },
    });
    const listed = await visit(first as never, { app, actor: ib });
    expect(listed).toMatchObject({
      data: { work: [{ assignments: [{ title: 'Een gesprek', standing: 'changeable' }] }] },
    });
  });

  it('takes a file of 10 MB; of one byte more it says so at the field, and what was typed stays', async () => {
    const tooLarge = await hand({ text: 'Blijft staan.', link: '', file: file(padded(FILE_BYTES + 1)) });
    expect(tooLarge).toMatchObject({
      ...{ status: 400, shown: { values: { text: 'Blijft staan.' } } },
    });
    expect(JSON.stringify(tooLarge)).toContain('groter dan 10 MB');
    expect(await hand({ text: '', link: '', file: file(padded(FILE_BYTES)) })).toHaveProperty('to');
  });

  it.each([
    ['http://voorbeeld.example/', 'geen https'],
    ['javascript:alert(1)', 'een script'],
    ['https://naam:wachtwoord@voorbeeld.example/', 'met een wachtwoord'],
    ['voorbeeld', 'geen adres'],
  ])('refuses the link %s (%s) at its field', async (link) => {
    expect(await hand({ text: 'x', link })).toMatchObject({
      status: 400,
      shown: { errors: { link: expect.any(String) } },
    });
  });

  it('says of a file that is not what its name says what may be handed in', async () => {
    const refused = await hand({ text: 'x', link: '', file: file(EXE) });
    expect(refused).toMatchObject({ status: 400, shown: { errors: { file: expect.stringContaining('docx') } } });
  });

  it('that is cancelled while somebody writes says so, and shows what was typed', async () => {
    await app.db.updateTable('assignment').set({ cancelled_at: new Date().toISOString() }).execute();
    const link = 'https://voorbeeld.example/mijn-werk';
    const refused = await hand({ text: '', link });
    expect(refused).toMatchObject({ status: 409, shown: { code: 'assignment_cancelled', values: { link } } });
    const { body } = render(Page, asSent(await page(), refused));
    expect(body).toContain('Deze opdracht gaat niet door.');
    expect(body).toContain(link);
  });

  it('takes no more parts than a form has: each of them costs memory, however small', async () => {
    const data = form({ stamp: '', text: 'x', link: '' });
    for (let nth = 0; nth < 50; nth += 1) data.append('file', file(new Uint8Array()));
    const tried = send(actions as never, 'default', { app, actor: ib, params: { assignment }, form: data });
    expect(await tried).toMatchObject({ status: 413 });
  });

  it('comes in while others send as slowly as they can, of whom one account has two at once', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(FILE_BYTES) };
    const ends: (() => void)[] = [];
    const slowly = (actor: UserActor) => {
      const form = new ReadableStream({ start: (body) => void ends.push(() => body.error(new Error('gone'))) });
      return send(actions as never, 'default', { app, actor, params: { assignment }, form, headers });
    };
    const slow: Promise<Outcome>[] = [];
    for (let nth = 0; nth < 2; nth += 1) {
      const added = await make.addSeries(app.db, cohort, { teachers: 0 });
      const ratee = app.db.selectFrom('series').select('ratee_id').where('id', '=', added);
      const actor = await actorOfPerson(app.db, cohort, (await ratee.executeTakeFirstOrThrow()).ratee_id);
      const three = [slowly(actor), slowly(actor), slowly(actor)];
      expect(await Promise.race(three)).toMatchObject({ status: 429 });
      slow.push(...three);
    }
    expect(await hand({ text: '', link: '', file: file(PDF) })).toHaveProperty('to');
    for (const end of ends) end();
    const statuses = (await Promise.all(slow)).map((outcome) => ('status' in outcome ? outcome.status : outcome));
    expect(statuses.toSorted()).toEqual([400, 400, 400, 400, 429, 429]);
  });

  it('is not there for somebody else, before a byte of the body is read', async () => {
    const other = await actorOfPerson(app.db, cohort, await otherPerson());
    const tried = send(actions as never, 'default', { app, actor: other, params: { assignment }, form: form({}) });
    expect(await tried).toMatchObject({ status: 404 });
  });
});

/** An IB'er of another cohort. */
async function otherPerson(): Promise<string> {
  const foreign = await make.makeCohort(app.db, { trainer: cohort.trainer });
  await make.addSeries(app.db, foreign, { teachers: 0 });
  return (await attendance.takingPart(app.db, foreign.id, new Date()))[0]?.personId ?? '';
}

describe('the page on which a trainer gives feedback', () => {
  it('says that the work was taken back meanwhile, or is other work, and shows what was typed', async () => {
    await hand({ text: 'Wat ik deed.' });
    const params = { cohort: cohort.id, assignment, person: ib.personId };
    const at = { app, actor: cohort.trainer, params };
    const { body: before } = render(FeedbackPage, asSent(await visit(feedback.load as never, at)));
    const seen = [...before.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    expect(seen).toHaveLength(3);
    const { stamp } = await handIns.open(app.db, ib, assignment, new Date());
    await handIns.withdraw(app.db, ib, assignment, stamp, new Date());
    const text = 'Mooi hoe je dat deed.';
    const form = { ...Object.fromEntries(seen.map(([, name, value]) => [name, value])), text };
    const refused = await send(feedback.actions as never, 'default', { ...at, form });
    expect(refused).toMatchObject({ status: 409, shown: { code: 'hand_in_withdrawn', values: { text } } });
    const { body } = render(FeedbackPage, asSent(await visit(feedback.load as never, at), refused));
    expect(body).toContain('De deelnemer heeft dit werk intussen teruggetrokken.');
    expect(body).toContain(text);
    await hand({ text: 'Iets heel anders.' });
    const again = await send(feedback.actions as never, 'default', { ...at, form });
    expect(again).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile', values: { text } } });
  });
});

describe('a file that was handed in', () => {
  it('is kept and not shown: a fixed type, a name of ours, and nothing in it may run', async () => {
    await hand({ text: '', link: '', file: file(PDF, '../../<b>Verslag.html') });
    const own = await GET({ locals: { app, actor: ib }, params: { assignment } } as never);
    const params = { cohort: cohort.id, assignment, person: ib.personId };
    const read = await trainerFile({ locals: { app, actor: cohort.trainer }, params } as never);
    for (const answer of [own, read]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="b-verslag.pdf"',
        'content-security-policy':
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
      expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(PDF))).toBe(true);
    }
  });

  it('is read four at a time by one account: more are refused until one was read, or its reader left', async () => {
    await hand({ text: '', link: '', file: file(padded(1024 * 1024)) });
    const get = () => GET({ locals: { app, actor: ib }, params: { assignment } } as never);
    const [first, second, ...others] = await Promise.all([get(), get(), get(), get()]);
    await expect(get()).rejects.toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    const params = { cohort: cohort.id, assignment, person: ib.personId };
    const trainers = await trainerFile({ locals: { app, actor: cohort.trainer }, params } as never);
    expect((await first.arrayBuffer()).byteLength).toBe(1024 * 1024);
    await second.body?.cancel();
    others.push(await get(), await get());
    await expect(get()).rejects.toMatchObject({ status: 429 });
    for (const answer of [...others, trainers]) await answer.body?.cancel();
    expect((await (await get()).arrayBuffer()).byteLength).toBe(1024 * 1024);
  });

  it('is broken off where its reader takes too long: it stands in memory all the while', async () => {
    await hand({ text: '', link: '', file: file(padded(1024 * 1024)) });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = await GET({ locals: { app, actor: ib }, params: { assignment } } as never);
    const reader = answer.body?.getReader();
    expect(await reader?.read()).toMatchObject({ done: false });
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    await expect(reader?.read()).rejects.toThrow('took too long');
  });

  it('goes with what was handed in', async () => {
    await hand({ text: '', link: '', file: file(PDF) });
    const { stamp } = await handIns.open(app.db, ib, assignment, new Date());
    await handIns.withdraw(app.db, ib, assignment, stamp, new Date());
    const gone = GET({ locals: { app, actor: ib }, params: { assignment } } as never);
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });
});
