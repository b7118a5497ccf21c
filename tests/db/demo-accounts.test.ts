import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadDemo } from '../support/demo.ts';
import { testDatabase } from '../support/database.ts';

let db: Db;
beforeEach(async () => {
  db = await testDatabase();
});

describe('the first administrator beside the demonstration', () => {
  it('of the command line is trainer of its cohorts, as the one of the set-up is; a second is not', async () => {
    await loadDemo(db);
    const first = await accounts.ensureAdmin(db, 'eerste@voorbeeld.example');
    const second = await accounts.ensureAdmin(db, 'tweede@voorbeeld.example');
    const actor = await accounts.actorOf(db, first);
    expect(actor).toMatchObject({ admin: true, trainer: true });
    expect(actor.cohortIds).toHaveLength(3);
    expect(await accounts.actorOf(db, second)).toMatchObject({ admin: true, trainer: false, cohortIds: [] });
  });
});
