import { describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import { newId, usefulnessToken } from '#lib/server/ids.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { GET } from '../../src/routes/(public)/calendar/[token]/[file]/+server.ts';
import { actions as enter, load as follow } from '../../src/routes/(public)/u/[token]/+page.server.ts';
import { actions, load } from '../../src/routes/(rater)/useful/[question]/+page.server.ts';
import { actions as stop } from '../../src/routes/(rater)/useful/[question]/stop/+page.server.ts';
import { testApp } from '../support/database.ts';
import { TestBrowser } from '../support/events.ts';
import * as make from '../support/factories.ts';
import { addSession } from '../support/sessions.ts';

/** A session that began an hour ago, at which one participant was, who is asked. */
async function asked() {
  const app = await testApp();
  const { db, config } = app;
  const cohort = await make.makeCohort(db, { secret: config.secret });
  await make.addSeries(db, cohort, { ib: 'Marloes Hendriks' });
  const now = new Date();
  const startsAt = new Date(now.getTime() - 3_600_000).toISOString();
  const session = await addSession(db, cohort.id, { startsAt, title: 'Doelgericht communiceren' });
  const { people, others } = await attendance.open(db, cohort.trainer, cohort.id, session, now);
  const personId = [...people, ...others][0]?.personId ?? '';
  await attendance.mark(db, cohort.trainer, cohort.id, session, { personId, seen: null, presence: 'present' }, now);
  await usefulness.ask(db, cohort.trainer, config, cohort.id, session, now);
  const { id } = await db.selectFrom('usefulness_link').select('id').executeTakeFirstOrThrow();
  const token = usefulnessToken(config.secret, id);
  return { app, cohort, id, at: { params: { token }, path: `/u/${token}` }, question: { params: { question: id } } };
}

describe('the link to how useful a session was', () => {
  it('shows what it is about, and looking at it changes nothing', async () => {
    const { app, at } = await asked();
    const browser = new TestBrowser(app);
    expect(await browser.run(follow, at)).toMatchObject({
      data: { title: 'Doelgericht communiceren', personName: 'Marloes Hendriks', isOpen: true },
    });
    expect(browser.cookies.size).toBe(0);
  });

  it('leads by its button to an address without the token, where the answer is given and may be changed', async () => {
    const { app, at, id, question } = await asked();
    const browser = new TestBrowser(app);
    expect(await browser.post(enter.default, at)).toMatchObject({ status: 303, location: `/useful/${id}` });
    expect(browser.cookies.get(`drieluik_useful_${id}`)?.options).toMatchObject({
      ...{ path: `/useful/${id}`, httpOnly: true, sameSite: 'lax' },
    });
    for (const value of ['8', '6']) {
      const given = { ...question, fields: { value, useful: ' de oefening ', more: '' } };
      expect(await browser.post(actions.default, given)).toMatchObject({ location: `/useful/${id}?thanks=yes` });
    }
    expect(await browser.run(load, question)).toMatchObject({ data: { answer: { value: 6, useful: 'de oefening' } } });
  });

  it('keeps what was typed where no number was chosen', async () => {
    const { app, at, question } = await asked();
    const browser = new TestBrowser(app);
    await browser.post(enter.default, at);
    for (const value of ['', '11', '7.5', 'x']) {
      const outcome = await browser.post(actions.default, { ...question, fields: { value, useful: 'woorden' } });
      expect(outcome).toMatchObject({
        status: 400,
        data: { values: { useful: 'woorden' }, errors: { value: 'Kies een getal van 0 tot en met 10.' } },
      });
    }
  });

  it('opens nothing without its cookie, nor after stopping', async () => {
    const { app, at, question } = await asked();
    const unknown = { kind: 'error', status: 404, code: 'link_unknown' };
    expect(await new TestBrowser(app).run(load, question)).toMatchObject(unknown);
    expect(await new TestBrowser(app).run(load, { params: { question: newId() } })).toMatchObject(unknown);
    const browser = new TestBrowser(app);
    await browser.post(enter.default, at);
    expect(await browser.post(stop.default, question)).toMatchObject({ location: '/stopped' });
    expect(await browser.run(load, question)).toMatchObject(unknown);
  });
});

describe('the address of a calendar', () => {
  it('answers a program that has the same already with nothing new', async () => {
    const { app, cohort } = await asked();
    const url = await calendar.make(app.db, cohort.trainer, '', cohort.id, null, new Date());
    const token = url.split('/')[2] ?? '';
    const read = (headers: Record<string, string> = {}) =>
      GET(new TestBrowser(app).event({ params: { token, file: 'drieluik.ics' }, headers }) as never);
    const first = await read();
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(await first.text()).toContain('SUMMARY:Doelgericht communiceren');
    const etag = first.headers.get('etag') ?? '';
    expect((await read({ 'if-none-match': `"x", ${etag}` })).status).toBe(304);
    expect((await read({ 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('lets a program come every minute, and not without end', async () => {
    const { app, cohort } = await asked();
    const url = await calendar.make(app.db, cohort.trainer, '', cohort.id, null, new Date());
    const given = { params: { token: url.split('/')[2] ?? '', file: 'drieluik.ics' } };
    const browser = new TestBrowser(app);
    for (let times = 0; times < 60; times += 1) await GET(browser.event(given) as never);
    expect(await browser.run(GET, given)).toMatchObject({ kind: 'error', status: 429 });
  });
});
