import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { startApp } from '#lib/server/app.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import type { Db, OpenDatabase } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { cookieJar } from './cookie-jar.ts';
import { madeOnce } from './made-once.ts';

/** A real database in memory, with the real migrations and the shipped list; closed when the test ends. */
export async function testDatabase(): Promise<Db> {
  const { db, close } = await openTestDatabase();
  onTestFinished(close);
  return db;
}

/** As `testDatabase`, for tests that share one and close it themselves. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  return openDatabase({ file: await copyOf('empty') });
}

/** The whole application on a database file of its own, for pages' loads and actions; removed when the test ends. */
export async function testApp(): Promise<App> {
  const { app, close } = await openTestApp();
  onTestFinished(close);
  return app;
}

/** As `testApp`, for tests that share one and close it themselves. */
export async function openTestApp(): Promise<{ app: App; close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'drieluik-test-'));
  writeFileSync(join(dataDir, 'drieluik.sqlite'), await copyOf('shipped'));
  const app = await startApp(
    // That an answer survives a power cut is for the tests that kill servers: here each commit would wait for the disk.
    { DATA_DIR: dataDir, LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost:3000', SYNCHRONOUS: 'NORMAL' },
    { authPlugins: [cookieJar()] },
  );
  const close = async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { app, close };
}

/** What a database holds before anybody has been there: the shipped list, or all that the application ships. */
const BEFORE = { empty: withList, shipped: withAll } as const;

/** The bytes of such a database. Where a test has set the clock, it is made at that time. */
export async function copyOf(name: keyof typeof BEFORE): Promise<Buffer> {
  const make = BEFORE[name];
  return vi.isFakeTimers() ? make() : readFileSync(await madeOnce(name, make));
}

async function withList(): Promise<Buffer> {
  const { db, raw, close } = await openDatabase({ file: ':memory:' });
  await migrate(db);
  await db.transaction().execute((trx) => instruments.ensureShipped(trx, shippedInstrument()));
  const bytes = raw.serialize();
  await close();
  return bytes;
}

async function withAll(): Promise<Buffer> {
  const { db, raw, close } = await openTestDatabase();
  await db.transaction().execute((trx) => templates.ensureShipped(trx));
  const bytes = raw.serialize();
  await close();
  return bytes;
}
