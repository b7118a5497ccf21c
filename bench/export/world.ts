import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { LIST, LONG_FORM_HEADER, madeUpRows, rowsOfSchool } from '../made-up-rows.ts';
import { startFlags } from '../start-flags.ts';

const TEACHERS = 4;
export const COHORT = 'Veel scholen';

/**
 * A cohort that shares its schools, with four closed rounds of six raters a school, imported and released.
 * @returns the last round, the session's account, and how many answers there are
 */
export async function makeCohort(app: App, folder: string, schools: number) {
  const { db } = app;
  const user = await accounts.ensureAdmin(db, 'bench@drieluik.example'); // the trainer of bench/save/raters.ts
  const id = await cohorts.create(db, await accounts.actorOf(db, user), {
    ...{ name: COHORT, programme: 'Bench', partnership: 'Bench', trainerSeesSchools: true },
  });
  const trainer = await accounts.actorOf(db, user);
  // Two rounds at a time: a file of answers has at most 500,000 rows.
  for (const part of [
    ['T0', 'T1'],
    ['T2', 'T3'],
  ]) {
    const rows = madeUpRows({ cohort: COHORT, rounds: part, teachers: TEACHERS });
    const file = join(folder, 'rows.csv');
    const count = rowsOfSchool(TEACHERS) * part.length * schools;
    const lines = [LONG_FORM_HEADER].values().flatMap(function* (header) {
      yield `${header}\n`;
      for (const row of rows.take(count)) yield `${row}\n`;
    });
    await pipeline(Readable.from(lines), createWriteStream(file));
    await run(folder, ['import-responses', file, '--instrument', LIST, '--create']);
    rmSync(file);
  }
  const all = await rounds.list(db, id);
  for (const round of all) {
    const progress = await rounds.progress(db, trainer, round.id);
    const ids = progress.map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(db, trainer, round.id, ids);
  }
  return { roundId: all.at(-1)?.id ?? '', userId: user.id, answers: rowsOfSchool(TEACHERS) * 4 * schools };
}

/** `processor` is what it took of the processors, in seconds: on a busy machine the better measure. */
export type Ran = { seconds: number; processor: number; megabytes: number };

/** Runs a command as `npm run drieluik` does; its time with the start of Node, and its largest resident memory. */
export async function run(dataDir: string, args: readonly string[]): Promise<Ran> {
  const start = performance.now();
  const child = spawn(process.execPath, [...startFlags('drieluik'), 'build/bin/drieluik.js', ...args], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += String(piece)));
  let [megabytes, processor] = [0, 0];
  const look = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid ?? 0));
    processor = Math.max(processor, processorOf(child.pid ?? 0));
  }, 20);
  const [code] = await once(child, 'close');
  clearInterval(look);
  if (code !== 0) throw new Error(`${args[0]} failed: ${said}`);
  return { seconds: (performance.now() - start) / 1000, processor, megabytes };
}

/** The largest resident memory of a process so far, in megabytes; 0 once it has ended. */
export function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The processor time of a process so far, in seconds; 0 once it has ended. */
export function processorOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100; // user and system, in ticks of a hundredth
  } catch {
    return 0;
  }
}
