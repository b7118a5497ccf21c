/**
 * How long an import takes through the command line, from the start of Node to its end: rows of the shipped list with
 * schools, rounds and raters that are made up, into an empty database.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIST, LONG_FORM_HEADER, madeUpRows } from './made-up-rows.ts';
import { reportBench } from './report.ts';

const SIZES = [50_000, 100_000];
const WORLD = { cohort: 'Bench', rounds: ['T0', 'T1'], teachers: 8 };

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  const figures: Record<string, number | string> = {};
  for (const rows of SIZES) {
    const seconds = importRows(rows);
    figures[`${rows} rows, seconds`] = seconds.toFixed(2);
    figures[`${rows} rows, rows a second`] = Math.round(rows / seconds);
  }
  reportBench('import', figures);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function importRows(rows: number): number {
  const file = join(folder, `${rows}.csv`);
  writeFileSync(file, [LONG_FORM_HEADER, ...madeUpRows(WORLD).take(rows)].join('\n'));
  const args = ['build/bin/drieluik.js', 'import-responses', file, '--instrument', LIST, '--create'];
  const env = { ...process.env, DATA_DIR: join(folder, `data-${rows}`) };
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`the import failed: ${stderr}`);
  return seconds;
}
