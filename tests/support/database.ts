import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { startApp } from '#lib/server/app.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import type { Db } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { cookieJar } from './cookie-jar.ts';

/** A real database in memory, with the real migrations and the shipped list; closed when the test ends. */
export async function testDatabase(): Promise<Db> {
  const { db, close } = await openDatabase({ file: ':memory:' });
  onTestFinished(close);
  await migrate(db);
  await db.transaction().execute((trx) => instruments.ensureShipped(trx, shippedInstrument()));
  return db;
}

/** The whole application on a database file of its own, for pages' loads and actions; removed when the test ends. */
export async function testApp(): Promise<App> {
  const dataDir = mkdtempSync(join(tmpdir(), 'drieluik-test-'));
  const app = await startApp(
    { DATA_DIR: dataDir, LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost:3000' },
    { authPlugins: [cookieJar()] },
  );
  onTestFinished(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return app;
}
