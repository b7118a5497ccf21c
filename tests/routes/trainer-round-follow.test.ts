import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import type { follow } from '#lib/server/rounds/follow-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { tell } from '#lib/server/mail/trouble-service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as mailPage from '../../src/routes/(admin)/admin/mail/+page.server.ts';
import * as cohortsPage from '../../src/routes/(trainer)/cohorts/+page.server.ts';
import * as round from '../../src/routes/(trainer)/rounds/[round]/+page.server.ts';
import * as open from '../../src/routes/(trainer)/rounds/[round]/open/+page.server.ts';
import * as release from '../../src/routes/(trainer)/rounds/[round]/release/+page.server.ts';
import * as remind from '../../src/routes/(trainer)/rounds/[round]/remind/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { senderTo } from '../support/outbox.ts';
import { send, visit } from '../support/page-event.ts';
import { visitRound } from '../support/round-page.ts';
import { mailServer, Refusal } from '../support/smtp.ts';

type Page = Awaited<ReturnType<typeof follow>> & { heldUp: string | null };

let app: App;
let own: make.TestCohort;
let id: string;
let invited: make.Invited[];

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  for (const school of ['De Acacia', 'De Berk']) await make.addSeries(app.db, own, { school });
  ({ id, invited } = await make.openRound(app.db, own));
});

const as = (fields: Record<string, string> = {}, actor = own.trainer) => ({
  ...{ app, actor, form: fields, params: { round: id } },
});

async function page(query = ''): Promise<Page> {
  const shown = await visitRound({ ...as(), query });
  if (!('data' in shown)) throw new Error(JSON.stringify(shown));
  return shown.data as Page;
}

describe('a round by school', () => {
  it('has a line a school with what was asked, begun and submitted by role, and nobody’s name', async () => {
    await make.fillAndSubmit(app.db, make.inRole(invited, 'director'));
    await make.enter(app.db, make.inRole(invited, 'teacher'));
    const { schools, opened } = await page();
    expect(opened).toBeNull();
    expect(schools).toMatchObject([
      {
        ...{ schoolName: 'De Acacia', unreachable: 0, failed: 0, modeLocked: true },
        forms: {
          director: { asked: 1, begun: 1, submitted: 1 },
          ib: { asked: 1, begun: 0, submitted: 0 },
          teacher: { asked: 3, begun: 1, submitted: 0 },
        },
      },
      { schoolName: 'De Berk', modeLocked: false, forms: { director: { asked: 1, begun: 0, submitted: 0 } } },
    ]);
    expect(JSON.stringify(schools)).not.toContain('Leerkracht');
  });

  it('opens one school with its people, and no school of another round', async () => {
    const [, second] = (await page()).schools;
    const { opened } = await page(`school=${second?.schoolRoundId}`);
    expect(opened?.people).toHaveLength(5);
    const isCalm = opened?.people.every(
      ({ memberId, failures, again }) => memberId && failures.length + again.length === 0,
    );
    expect(isCalm).toBe(true);
    const elsewhere = await make.makeCohort(app.db, { secret: app.config.secret });
    await make.addSeries(app.db, elsewhere);
    const theirs = await make.openRound(app.db, elsewhere);
    const [foreign] = await rounds.progress(app.db, elsewhere.trainer, theirs.id);
    expect(await visitRound({ ...as(), query: `school=${foreign?.schoolRoundId}` })).toMatchObject({
      status: 404,
    });
  });

  it('says whom a planned round will ask', async () => {
    const planned = await make.planRound(app.db, own);
    const shown = await visitRound({ ...as(), params: { round: planned } });
    const asked = { director: { asked: 1 }, ib: { asked: 1 }, teacher: { asked: 3 } };
    expect(shown).toMatchObject({ data: { schools: [{ forms: asked }, { forms: asked }] } });
    const [school] = await rounds.progress(app.db, own.trainer, planned);
    const query = `school=${school?.schoolRoundId}`;
    const opened = await visitRound({ ...as(), params: { round: planned }, query });
    const people = ['Joost van Dalen', 'Leerkracht 1', 'Leerkracht 2', 'Leerkracht 3', 'Marloes Hendriks'];
    const team = people.map((name) => ({ name, hasAddress: true }));
    expect(opened).toMatchObject({ data: { opened: { people: [], team } } });
    expect(JSON.stringify(opened)).not.toContain('@school.example');
  });

  it('says of whom the form cannot be opened again, for the address changed after it was submitted', async () => {
    const director = make.inRole(invited, 'director');
    await make.fillAndSubmit(app.db, director);
    const { seriesId, personId } = director;
    const [line] = (await page()).schools.filter((school) => school.seriesId === seriesId);
    const shown = async () => {
      const { opened } = await page(`school=${line?.schoolRoundId}`);
      return opened?.people.map(({ status, isReaddressed }) => `${status ?? 'invited'} ${isReaddressed}`).toSorted();
    };
    expect((await shown())?.at(-1)).toBe('submitted false');
    const { version, team } = await cohorts.getSeries(app.db, own.trainer, seriesId);
    const memberId = team.find((member) => member.personId === personId)?.id ?? '';
    const given = { name: 'Joost van Dalen', email: 'nieuw@school.example', language: 'nl' as const };
    const at = { seriesId, memberId, version };
    await people.correct(app.db, own.trainer, app.config.secret, at, given, new Date());
    expect(await shown()).toEqual([...Array(4).fill('invited false'), 'submitted true']);
  });
});

describe('mail that had nothing to say any more', () => {
  it('is told of a closed round, and not what failed and was made up for', async () => {
    await rounds.close(app.db, own.trainer, id);
    const server = await mailServer();
    await senderTo(app.db, server.url).run();
    expect(await page()).toMatchObject({ mails: { waiting: 0, failed: 0, dropped: 10 } });
    const some = app.db.updateTable('mail').set({ fault: 'address_refused 550' });
    await some.where('person_id', '=', invited[0]?.personId ?? '').execute();
    expect(await page()).toMatchObject({ mails: { dropped: 9 } });
  });
});

describe('mail that failed', () => {
  const teacher = () => make.inRole(invited, 'teacher');
  const emailOf = async ({ personId }: make.Invited) =>
    (await app.db.selectFrom('person').select('email').where('id', '=', personId).executeTakeFirstOrThrow()).email;

  /** Sends all mail through a server that refuses the teacher. @returns the teacher's line on the page, and its server */
  async function refuseTeacher() {
    const address = await emailOf(teacher());
    const refused = new Set([address]);
    const server = await mailServer({
      onRecipient: (to) => {
        if (refused.has(to)) throw new Refusal(550);
      },
    });
    const sender = senderTo(app.db, server.url);
    await sender.run();
    return { server, sender, refused };
  }

  async function shownAt() {
    const { schools, mails } = await page();
    const [{ schoolRoundId: school, failed } = { schoolRoundId: '', failed: 0 }] = schools;
    const { opened } = await page(`school=${school}`);
    const person = opened?.people.find(({ invitationId }) => invitationId === teacher().invitationId);
    const { failures = [], again = [], memberId } = person ?? {};
    return { school, failed, mails, failures, again, memberId };
  }

  it('is told at the school and at the person, with its reason, and goes out again on request', async () => {
    const { server, sender, refused } = await refuseTeacher();
    const { school, failed, mails, failures } = await shownAt();
    expect({ failed, all: mails.failed }).toEqual({ failed: 1, all: 1 });
    expect(failures).toMatchObject([{ template: 'invitation', fault: 'address_refused 550' }]);
    refused.clear();
    const outcome = await send(round.actions, 'retry', as({ school, mail: failures[0]?.mailId ?? '' }));
    expect(outcome).toEqual({ to: `/rounds/${id}?school=${school}&done=retried#s-${school}` });
    expect(await shownAt(), 'until its result').toMatchObject({ failures: [], again: ['invitation'] });
    await sender.run();
    expect(server.addresses).toContain(await emailOf(teacher()));
    expect(await shownAt()).toMatchObject({ failed: 0, mails: { failed: 0 }, failures: [], again: [] });
  });

  it('is no trainer’s of another cohort to try again', async () => {
    await refuseTeacher();
    const { school, failures } = await shownAt();
    const stranger = (await make.makeCohort(app.db)).trainer;
    const outcome = await send(round.actions, 'retry', as({ school, mail: failures[0]?.mailId ?? '' }, stranger));
    expect(outcome).toMatchObject({ status: 404 });
    expect(await shownAt()).toMatchObject({ failed: 1 });
  });

  it('stops counting once the person was replaced', async () => {
    await refuseTeacher();
    const { memberId } = await shownAt();
    const { seriesId } = teacher();
    const { version } = await cohorts.getSeries(app.db, own.trainer, seriesId);
    const at = { seriesId, memberId: memberId ?? '', version };
    const given = { name: 'Een ander', email: 'ander@school.example' };
    await people.replaceRater(app.db, own.trainer, own.secret, at, given, new Date());
    expect(await shownAt()).toMatchObject({ failed: 0, mails: { failed: 0 } });
  });
});

describe('sign-in links for the report', () => {
  it('are asked for by the readers where mail is set up, and made by the trainer elsewhere and for what is invented', async () => {
    const asked = async (mailing: App) => {
      const shown = await visitRound({ ...as(), app: mailing });
      return 'data' in shown && (shown.data as { asksForLinks: boolean }).asksForLinks;
    };
    const mail = { url: 'smtp://localhost:25', from: 'Drieluik <drieluik@swv.example>' };
    const mailing = { ...app, config: { ...app.config, mail } };
    expect(await asked(app)).toBe(false);
    expect(await asked(mailing)).toBe(true);
    await app.db.insertInto('demonstration').values({ kind: 'cohort', object_id: own.id }).execute();
    expect(await asked(mailing)).toBe(false);
  });
});

describe('mail that waits', () => {
  it('is told with its reason where no mail server is set up', async () => {
    expect(await page()).toMatchObject({ heldUp: 'unset', mails: { waiting: 10 } });
    expect(await visit(cohortsPage.load, as())).toMatchObject({ data: { due: [{ kind: 'mail_held_up', count: 10 }] } });
    expect(await visit(remind.load, as())).toMatchObject({ data: { isMailUnset: true } });
    await make.fillAndSubmit(app.db, make.inRole(invited, 'ib'), () => 3);
    expect(await visit(cohortsPage.load, as())).toMatchObject({ data: { due: [] } });
    await rounds.close(app.db, own.trainer, id);
    expect(await visit(release.load, as())).toMatchObject({ data: { isMailUnset: true } });
    const next = await make.planRound(app.db, own);
    const planned = { ...as(), params: { round: next } };
    expect(await visit(open.load, planned)).toMatchObject({ data: { isMailUnset: true } });
    const mail = { url: 'smtp://localhost:25', from: 'Drieluik <drieluik@swv.example>' };
    const mailing = { ...app, config: { ...app.config, mail } };
    expect(await visit(open.load, { ...planned, app: mailing })).toMatchObject({ data: { isMailUnset: false } });
  });

  it('is told with its reason by a process that sends none itself, here, under “Vandaag” and to the administrator', async () => {
    const mail = { url: 'smtp://localhost:25', from: 'Drieluik <drieluik@swv.example>' };
    const mailing = { ...app, config: { ...app.config, mail } };
    const admin = await make.makeTrainer(app.db, { admin: true });
    const seen = async () => {
      const pages = [
        visitRound({ ...as(), app: mailing }),
        visit(cohortsPage.load, { ...as(), app: mailing }),
        visit(mailPage.load, { app: mailing, actor: admin }),
      ];
      return (await Promise.all(pages)).map((shown) => ('data' in shown ? shown.data : shown));
    };
    expect(await seen()).toMatchObject([{ heldUp: null }, { heldUp: null }, { trouble: null }]);
    const againAt = new Date(Date.now() + 5000);
    await tell(app.db, { code: 'sign_in_refused', reply: 535, againAt }, new Date());
    expect(await seen()).toMatchObject([
      { heldUp: 'settings' },
      { heldUp: 'settings', due: [{ kind: 'mail_held_up', count: 10 }] },
      { trouble: { code: 'sign_in_refused', reply: 535 } },
    ]);
  });
});
