import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as backups from '#lib/server/backups/schedule-service.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { JOBS } from '#lib/server/jobs/list.ts';
import { Scheduler } from '#lib/server/jobs/scheduler.ts';
import * as page from '../../src/routes/(admin)/admin/backups/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let admin: UserActor;
let folder: string;
beforeEach(async () => {
  app = await testApp();
  admin = await make.makeTrainer(app.db, { admin: true });
  folder = app.config.backupsFolder;
});

const names = () => readdirSync(folder).filter((name) => name !== 'journal.jsonl');
const backUp = (at = '2026-11-26T03:00:00Z') => backups.backUp(app.db, app.config, new Date(at));

describe('a backup by schedule', () => {
  it('is a whole copy that only its owner may read, beside the journal', async () => {
    expect(await backUp()).toEqual({ copies: 1, removed: 0 });
    expect(names()).toEqual(['drieluik-2026-11-26T03-00-00-000Z.sqlite']);
    const file = join(folder, names()[0] ?? '');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const copy = await openDatabase({ file, readonly: true });
    expect(await copy.db.selectFrom('user').select('name').execute()).toEqual([{ name: admin.name }]);
    await copy.close();
    expect(existsSync(app.config.journalFile)).toBe(true);
  });

  it('that fails leaves every good copy as it was and no half one, and the next one works', async () => {
    await backUp('2026-11-25T03:00:00Z');
    const good = readFileSync(join(folder, names()[0] ?? ''));
    const broken = { ...app.config, databaseFile: join(app.config.dataDir, 'nothing.sqlite') };
    await expect(backups.backUp(app.db, broken, new Date('2026-11-26T03:00:00Z'))).rejects.toThrow(
      'the copy was not made',
    );
    expect(names()).toEqual(['drieluik-2026-11-25T03-00-00-000Z.sqlite']);
    expect(readFileSync(join(folder, names()[0] ?? '')).equals(good)).toBe(true);
    expect(await backUp()).toMatchObject({ copies: 1 });
  });

  it('takes away what a process that died has left half written', async () => {
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(join(folder, '.drieluik-2026-11-25T03-00-00-000Z.sqlite.partial'), 'w'));
    await backUp();
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('lets old ones go, and databases that a restore has kept; nothing else in the folders', async () => {
    await backUp('2025-01-01T03:00:00Z');
    writeFileSync(join(folder, 'mine.sqlite'), 'mine');
    const kept = join(app.config.dataDir, 'drieluik.sqlite.before-restore-2025-01-02T03-00-00-000Z');
    writeFileSync(kept, 'earlier');
    expect(await backUp()).toEqual({ copies: 1, removed: 2 });
    expect(names()).toEqual(['drieluik-2026-11-26T03-00-00-000Z.sqlite', 'mine.sqlite']);
    expect(existsSync(kept)).toBe(false);
  });

  it('can be off', async () => {
    rmSync(folder, { recursive: true });
    const off = { ...app.config, backupsKept: null };
    expect(await backups.backUp(app.db, off, new Date())).toEqual({ copies: 0, removed: 0 });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('the page of backups', () => {
  const asked = () => visit(page.load, { app, actor: admin });

  it('lists the copies, and makes one when asked', async () => {
    expect(await asked()).toMatchObject({ data: { copies: [], last: null, kept: { longestDays: 186 } } });
    expect(await send(page.actions, 'default', { app, actor: admin })).toEqual({ to: '/admin/backups?asked' });
    await new Scheduler(
      app,
      JOBS.filter(({ name }) => name === 'backup'),
    ).look();
    expect(await asked()).toMatchObject({
      data: { copies: [{ bytes: expect.any(Number) }], last: { outcome: 'done' } },
    });
  });

  it('says that the last one failed', async () => {
    await send(page.actions, 'default', { app, actor: admin });
    const broken = { ...app, config: { ...app.config, databaseFile: join(app.config.dataDir, 'nothing.sqlite') } };
    await new Scheduler(
      broken,
      JOBS.filter(({ name }) => name === 'backup'),
    ).look();
    expect(await asked()).toMatchObject({ data: { copies: [], last: { outcome: 'failed' } } });
  });

  it('is not there for a trainer', async () => {
    const trainer = await make.makeTrainer(app.db);
    expect(await visit(page.load, { app, actor: trainer })).toMatchObject({ status: 404 });
    expect(await send(page.actions, 'default', { app, actor: trainer })).toMatchObject({ status: 404 });
  });
});
