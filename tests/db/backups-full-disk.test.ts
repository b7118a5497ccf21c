import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as backups from '#lib/server/backups/schedule-service.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import { JOBS } from '#lib/server/jobs/list.ts';
import { Scheduler } from '#lib/server/jobs/scheduler.ts';
import { jobDetailText } from '#lib/text/job-details.ts';
import { runCommand } from '../../src/cli/program.ts';
import * as page from '../../src/routes/(admin)/admin/backups/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';
import { canMount, fillDisk, mountDisk, unmount } from '../support/small-disk.ts';

/** The disk that backups go to is full, while that of the database is not (a disk that both share: tests/wire/data-folder.test.ts). */

const full = expect.objectContaining({ code: 'database_full' }) as unknown;

/** With a line more, so that it fills its pages of the disk, and the next line needs one. */
function toWholePages(journal: string): string {
  const entry = (id: string) => `${JSON.stringify({ at: '2026-11-25T03:00:00.000Z', kind: 'role_ended', id })}\n`;
  const left = 4096 - ((journal.length + entry('').length) % 4096);
  return journal + entry('x'.repeat(left));
}

describe.skipIf(!canMount)(
  'a backup to a disk that is full (needs the right to mount one)',
  { timeout: 60_000 },
  () => {
    let app: App;
    let folder: string;
    let filler: string;
    beforeEach(async () => {
      app = await testApp();
      folder = app.config.backupsFolder;
      const journal = toWholePages(readFileSync(app.config.journalFile, 'utf8'));
      mkdirSync(folder, { recursive: true });
      mountDisk(folder);
      // What is on the disk from before: the journal, and a good copy.
      writeFileSync(app.config.journalFile, journal, { mode: 0o600 });
      await backups.backUp(app.db, app.config, new Date('2026-11-25T03:00:00Z'));
      filler = fillDisk(folder);
    });
    afterEach(() => unmount(folder));

    const names = () => readdirSync(folder).filter((name) => name.endsWith('.sqlite') || name.startsWith('.'));
    const backUp = () => backups.backUp(app.db, app.config, new Date('2026-11-26T03:00:00Z'));

    it('says so, leaves the good copy and no half one, and works again once there is room', async () => {
      const [good = ''] = names();
      const before = readFileSync(join(folder, good));
      await expect(backUp()).rejects.toEqual(full);
      expect(names()).toEqual([good]);
      expect(readFileSync(join(folder, good)).equals(before)).toBe(true);
      rmSync(filler);
      expect(await backUp()).toMatchObject({ copies: 1 });
      expect(names()).toHaveLength(2);
    });

    it('keeps nobody from saving, and is told on the page of backups in words', async () => {
      const cohort = await make.makeCohort(app.db);
      await make.addSeries(app.db, cohort);
      const rater = await make.enter(app.db, make.inRole((await make.openRound(app.db, cohort)).invited, 'teacher'));
      const actor = await make.makeTrainer(app.db, { admin: true });
      await send(page.actions, 'default', { app, actor });
      const job = new Scheduler(
        app,
        JOBS.filter(({ name }) => name === 'backup'),
      ).look();
      await answers.save(app.db, rater.form, 'C1.01', make.answer({ score: 4 }), 1);
      await job;
      expect((await answers.load(app.db, rater.form)).aspects['C1.01']).toMatchObject({ score: 4 });
      const seen = (await visit(page.load, { app, actor })) as { data: { last: { outcome: string; detail: string } } };
      expect(seen).toMatchObject({ data: { copies: [{}], last: { outcome: 'failed' } } });
      expect(jobDetailText(seen.data.last.detail, 'nl')).toContain('geen ruimte meer');
    });

    it('lets nothing end that the journal beside it could not keep: a restore would bring it back', async () => {
      const cohort = await make.makeCohort(app.db);
      await make.addSeries(app.db, cohort);
      const { invited } = await make.openRound(app.db, cohort);
      const teacher = make.inRole(invited, 'teacher');
      const actor = await make.makeTrainer(app.db, { admin: true });
      const { name } = await app.db
        .selectFrom('person')
        .select('name')
        .where('id', '=', teacher.personId)
        .executeTakeFirstOrThrow();
      const erase = () => erasure.erase(app.db, actor, teacher.personId, name ?? '', new Date());
      const before = readFileSync(app.config.journalFile, 'utf8');
      await expect(erase()).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(readFileSync(app.config.journalFile, 'utf8')).toBe(before);
      await expect(make.enter(app.db, teacher)).resolves.toBeDefined();
      rmSync(filler);
      await erase();
      expect(readFileSync(app.config.journalFile, 'utf8')).toContain(teacher.personId);
    });

    it('at the command line is refused with what is wrong, and leaves no file', async () => {
      let err = '';
      const env = { DATA_DIR: app.config.dataDir, LOG_LEVEL: 'silent' };
      const io = { env, out: () => Promise.resolve(), err: (text: string) => void (err += text) };
      const file = join(folder, 'by-hand.sqlite');
      expect(await runCommand(['backup', file], io)).toBe(1);
      expect(err).toContain('run out of space');
      expect(readdirSync(folder).filter((name) => name.includes('by-hand'))).toEqual([]);
      expect(existsSync(file)).toBe(false);
    });
  },
);
