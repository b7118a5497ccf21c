import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { openDatabase, type Db } from '#lib/server/db/open.ts';
import * as make from '../support/factories.ts';
import { ask } from '../support/ask.ts';
import { startServer } from '../support/server.ts';
import { canMount, fillDisk, mountDisk, unmount } from '../support/small-disk.ts';
import { sealToken } from '#lib/server/ids.ts';

/** The folder with the data: two servers on it, a disk that fills up, a disk that cannot be written. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drieluik-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A form that somebody has opened, in the data of a server that runs. */
async function openForm(
  dataDir: string,
): Promise<{ db: Db; close: () => Promise<void>; path: string; cookie: string }> {
  const { secret, databaseFile } = readConfig({ DATA_DIR: dataDir });
  const { db, close } = await openDatabase({ file: databaseFile });
  const cohort = await make.makeCohort(db, { secret });
  await make.addSeries(db, cohort);
  const round = await make.openRound(db, cohort);
  const entered = await make.enter(db, make.inRole(round.invited, 'director'));
  const id = entered.responsePublicId;
  return { db, close, path: `/form/${id}`, cookie: `drieluik_form_${id}=${sealToken(secret, entered.sessionToken)}` };
}

let time = 1000;
async function save(url: string, { path, cookie }: { path: string; cookie: string }, aspect: string, comment = '') {
  const answer = { score: 4, cannotJudge: false, reason: null, unclear: false, comment, changedAt: (time += 1) };
  const headers = { cookie, origin: url, 'content-type': 'application/json' };
  const { status, text } = await ask(url, `${path}/answers/${aspect}`, {
    ...{ method: 'PUT', headers, body: JSON.stringify(answer) },
  });
  return { status, text };
}

describe('two servers on one folder', () => {
  it('both save, and both see what the other stored', async () => {
    const one = await startServer({ DATA_DIR: folder });
    const other = await startServer({ DATA_DIR: folder });
    const form = await openForm(folder);
    const codes = Array.from({ length: 20 }, (_, index) => `C1.${String(index + 1).padStart(2, '0')}`);
    const saves = await Promise.all(codes.map((code, index) => save([one, other][index % 2]?.url ?? '', form, code)));
    expect(saves.map(({ status }) => status)).toEqual(codes.map(() => 200));
    for (const { url } of [one, other]) {
      const { text } = await ask(url, `${form.path}/answers`, {
        headers: { cookie: form.cookie, host: new URL(url).host },
      });
      expect(codes.filter((code) => !text.includes(`"${code}"`))).toEqual([]);
    }
    await form.close();
    await one.stop();
    await other.stop();
  }, 60_000);
});

describe('a folder that cannot be used', () => {
  it.each([
    ['a file', (at: string) => writeFileSync(at, 'x')],
    [
      'a folder in the place of its database',
      (at: string) => mkdirSync(join(at, 'drieluik.sqlite'), { recursive: true }),
    ],
    [
      'something else in the place of its database',
      (at: string) => {
        mkdirSync(at);
        writeFileSync(join(at, 'drieluik.sqlite'), 'Beste collega, hierbij de lijst. '.repeat(100));
      },
    ],
  ])(
    'stops the start with the name of the setting: %s',
    async (_, prepare) => {
      const dataDir = join(folder, 'data');
      prepare(dataDir);
      const started = startServer({ DATA_DIR: dataDir });
      await expect(started).rejects.toThrow(/Drieluik cannot start, a setting is wrong:\nDATA_DIR: /);
      await expect(started).rejects.not.toThrow(/ at .*\.js:\d/);
    },
    40_000,
  );
});

describe.skipIf(!canMount)('a disk of its own (needs the right to mount one)', () => {
  beforeEach(() => mountDisk(folder));
  afterEach(() => unmount(folder));

  it('that is full: saving says so and keeps what was stored, and goes on once there is room', async () => {
    const server = await startServer({ DATA_DIR: folder });
    const form = await openForm(folder);
    expect(await save(server.url, form, 'C1.01', 'eerst')).toMatchObject({ status: 200 });
    // What starting wrote has left room in the log beside the database, in which saving would go on for ever.
    await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(form.db);
    const filler = fillDisk(folder);
    let refused: Awaited<ReturnType<typeof save>> | null = null;
    for (let nth = 0; nth < 400 && refused === null; nth += 1) {
      const saved = await save(server.url, form, 'C1.01', `${nth} `.padEnd(2000, 'x'));
      if (saved.status !== 200) refused = saved;
    }
    expect(refused?.status, `${refused?.text}\n${server.output()}`).toBe(507);
    expect(JSON.parse(refused?.text ?? '')).toEqual({
      code: 'database_full',
      message: expect.stringContaining('geen ruimte meer'),
    });
    const page = await ask(server.url, `${form.path}/C1`, {
      headers: { cookie: form.cookie, host: new URL(server.url).host },
    });
    expect(page.status).toBe(200);
    rmSync(filler);
    expect(await save(server.url, form, 'C1.01', 'daarna')).toMatchObject({ status: 200 });
    const rows = await form.db.selectFrom('answer').select('comment').execute();
    expect(rows).toEqual([{ comment: 'daarna' }]);
    await form.close();
    await server.stop();
  }, 60_000);

  it('that cannot be written stops the start with the name of the setting', async () => {
    await (await startServer({ DATA_DIR: folder })).stop();
    expect(existsSync(join(folder, 'secret'))).toBe(true);
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    await expect(startServer({ DATA_DIR: folder })).rejects.toThrow(
      /a setting is wrong:\nDATA_DIR: .*cannot be written/,
    );
    execFileSync('mount', ['-o', 'remount,rw', folder]);
  }, 60_000);
});
