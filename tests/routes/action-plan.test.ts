import { beforeEach, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import { errorText } from '#lib/text/errors.ts';
import * as plan from '../../src/routes/(school)/action-plans/[cohort]/+page.server.ts';
import Page from '../../src/routes/(school)/action-plans/[cohort]/+page.svelte';
import { load as list } from '../../src/routes/(school)/reports/+page.server.ts';
import * as edit from '../../src/routes/(school)/action-plans/[cohort]/edit/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { asSent } from '../support/page-body.ts';
import { send, visit } from '../support/page-event.ts';
import { render } from '../support/rendered.ts';

let app: App;
let actor: UserActor;
let params: { cohort: string };
beforeEach(async () => {
  app = await testApp();
  const cohort = await make.makeCohort(app.db);
  await make.addSeries(app.db, cohort);
  const person = await app.db.selectFrom('person').select('id').where('name', '=', 'Marloes Hendriks').execute();
  actor = await accounts.actorOf(app.db, await accounts.userOfPerson(app.db, cohort.trainer, person[0]?.id ?? ''));
  params = { cohort: cohort.id };
});

const sent = (form: Record<string, string>) => send(edit.actions, 'default', { app, actor, params, form });
const WHOLE = { version: '0', goal: 'Ik vraag eerst.', step1: 'Morgen', day1: '27-11-2030', step4: 'Later' };

it('the form of an action plan names what is wrong at its field, and keeps what was typed', async () => {
  const form = { version: '0', goal: ' ', step1: '', day1: '2030-01-10', step2: 'Bellen', day2: 'morgen' };
  expect(await sent(form)).toMatchObject({
    status: 400,
    shown: {
      values: form,
      errors: {
        goal: 'Schrijf op wat je wilt bereiken. Eén zin is genoeg.',
        step1: 'Er staat een dag, maar nog niet wat je dan doet.',
        day2: 'Kies een dag, bijvoorbeeld 01-10-2026.',
      },
    },
  });
  const long = { ...WHOLE, help: 'x'.repeat(601), step1: 'x'.repeat(201) };
  expect(await sent(long)).toMatchObject({ status: 400, shown: { errors: { help: expect.stringContaining('600') } } });
});

it('what is stored comes back in the form without holes, and a second window keeps what it typed', async () => {
  expect(await sent(WHOLE)).toEqual({ to: `/action-plans/${params.cohort}?done=saved` });
  expect(await visit(edit.load, { app, actor, params })).toMatchObject({
    data: { version: 1, values: { step1: 'Morgen', day1: '2030-11-27', step2: 'Later', day2: '' } },
  });
  const other = { ...WHOLE, goal: 'Ik luister eerst.' };
  expect(await sent(other)).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile', values: other } });
  expect(await visit(list, { app, actor })).toMatchObject({ data: { reports: [], cohorts: [{ id: params.cohort }] } });
});

it('the page of a plan says so where sharing cannot be ended because nothing can be written', async () => {
  await sent(WHOLE);
  await send(plan.actions, 'share', { app, actor, params, form: { shared: 'yes' } });
  const unwritable = { ...app, db: app.readDb };
  const refused = await send(plan.actions, 'share', { app: unwritable, actor, params, form: { shared: 'no' } });
  expect(refused).toMatchObject({ status: 503, shown: { code: 'database_read_only' } });
  const { body } = render(Page, asSent(await visit(plan.load, { app, actor, params }), refused));
  expect(body).toContain(errorText('database_read_only'));
  expect(body).toContain('Deel niet meer');
});
