import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/cli/program.ts';
import { field, vectorCsv, vectorText } from './vectors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type Ran = { status: number | null; out: string; err: string };

/** An operator's machine: a data folder of its own, beside a folder for files. */
export type Desk = {
  folder: string;
  env: Record<string, string>;
  /** The path of a file in the folder, written when there is content. */
  file: (name: string, content?: string | Uint8Array) => string;
  /** Runs a command in this process. */
  run: (...args: string[]) => Promise<Ran>;
  /** Runs a command as `npm run drieluik` does. */
  spawn: (...args: string[]) => Promise<Ran>;
  remove: () => void;
};

/** A new desk, empty or with a copy of another's data. */
export function makeDesk(from?: Desk): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'drieluik-cli-'));
  if (from) cpSync(join(from.folder, 'data'), join(folder, 'data'), { recursive: true });
  const env = { DATA_DIR: join(folder, 'data'), PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent' };
  return {
    folder,
    env,
    file: (name, content) => {
      const path = join(folder, name);
      if (content !== undefined) writeFileSync(path, content);
      return path;
    },
    run: async (...args) => {
      let [out, err] = ['', ''];
      const status = await runCommand(args, {
        env,
        out: (text) => Promise.resolve(void (out += text)),
        err: (text) => void (err += text),
      });
      return { status, out, err };
    },
    spawn: (...args) => runProcess(args, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function runProcess(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], { cwd: root, env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  await once(child, 'close');
  return { status: child.exitCode, out, err };
}

/** The vectors' list as instrument CSV. */
export function seedListCsv(): string {
  const header = 'competency,competency_title,cluster,cluster_title,code,text_other,text_self,explain';
  const rows = vectorCsv('seedA/aspects.csv').map((row) => {
    const [competency, code] = [field(row, 'competency'), field(row, 'aspect')];
    return `${competency},Competency ${competency},${competency}-1,Cluster,${code},Does ${code},I do ${code},`;
  });
  return [header, ...rows, ''].join('\n');
}

/** Makes the vectors' list, published as seed@1.0.0. */
export async function publishSeedList(desk: Desk): Promise<void> {
  const list = desk.file('list.csv', seedListCsv());
  await must(desk.run('import-instrument', list, '--key', 'seed', '--version', '1.0.0'));
  await must(desk.run('publish-instrument', 'seed', '1.0.0'));
}

/** The vectors' responses as a file. */
export function seedResponses(desk: Desk): string {
  return desk.file('responses.csv', vectorText('seedA/responses.csv'));
}

/** The output of a command that has to succeed. */
export async function must(running: Promise<Ran>): Promise<string> {
  const { status, out, err } = await running;
  if (status !== 0) throw new Error(`exit status ${status}: ${err}`);
  return out;
}

/** Every line of output as JSON. */
export function jsonLines<T>(out: string): T[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
