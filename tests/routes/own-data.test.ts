import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import { sealToken } from '#lib/server/ids.ts';
import * as ofAccount from '../../src/routes/(account)/account/data/[file]/+server.ts';
import * as ofForm from '../../src/routes/(rater)/form/[response]/data/[file]/+server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';

let app: App;
let cohort: make.TestCohort;
let round: make.TestRound;

beforeEach(async () => {
  app = await testApp();
  cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort);
  round = await make.openRound(app.db, cohort);
});

const locals = (actor: object | null) => ({ app, actor, session: null, locale: 'nl' });
const asJson = async (answer: unknown) => (await (answer as Response).json()) as Record<string, unknown>;

async function byAccount(file: string) {
  const { personId } = make.inRole(round.invited, 'ib');
  const actor = await accounts.actorOf(app.db, await accounts.userOfPerson(app.db, cohort.trainer, personId));
  return ofAccount.GET({ locals: locals(actor), params: { file } } as never);
}

/** As the browser of this rater, with the cookie of the form that `at` is the address of. */
async function byLink(file: string, person: make.Invited, at?: string) {
  const entered = await make.enter(app.db, person);
  const cookie = sealToken(app.config.secret, entered.sessionToken);
  const cookies = { get: (name: string) => (name.endsWith(entered.responsePublicId) ? cookie : undefined) };
  const params = { file, response: at ?? entered.responsePublicId };
  return ofForm.GET({ locals: locals(null), params, cookies } as never);
}

describe('the files of one’s own data', () => {
  it('are a table and JSON, to download, for who has an account', async () => {
    const json = (await byAccount('my-data.json')) as Response;
    expect(json.headers.get('content-disposition')).toBe('attachment; filename="mijn-gegevens.json"');
    expect(await asJson(json)).toMatchObject({ person: { name: 'Marloes Hendriks' }, forms: [{ role: 'ib' }] });
    const table = (await byAccount('my-data.xlsx')) as Response;
    expect(table.headers.get('content-type')).toContain('spreadsheetml');
    // A file of the ZIP kind, as a workbook is.
    expect(new Uint8Array(await table.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
  });

  it('are those of the form whose session the browser has, and of no other', async () => {
    const [teacher, other] = round.invited.filter(({ role }) => role === 'teacher');
    if (!teacher || !other) throw new Error('no two teachers were invited');
    expect(await asJson(await byLink('my-data.json', teacher))).toMatchObject({
      ...{ covers: 'this form only', person: { name: 'Leerkracht 1' }, forms: [{ role: 'teacher' }] },
    });
    const { responsePublicId } = await make.enter(app.db, other);
    await expect(byLink('my-data.json', teacher, responsePublicId)).rejects.toMatchObject({ status: 404 });
  });

  it('are not there by another name, and nothing is logged then', async () => {
    await expect(byAccount('my-data.pdf')).rejects.toMatchObject({ status: 404 });
    const lines = await app.db.selectFrom('audit_event').select('action').execute();
    expect(lines.map(({ action }) => action)).not.toContain('personal_data.downloaded');
  });
});
