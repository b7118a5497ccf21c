import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDesk, must, publishSeedList, seedListCsv, seedResponses } from '../support/command-line.ts';
import type { Desk } from '../support/command-line.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the command line as an operator runs it', { timeout: 60_000 }, () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = makeDesk();
    await publishSeedList(desk);
    await must(desk.run('import-responses', seedResponses(desk), '--instrument', 'seed@1.0.0', '--create'));
  }, 60_000);
  afterAll(() => desk.remove());

  it('ends with 0 and prints results on stdout only', async () => {
    const ran = await desk.spawn('report', '--cohort', 'C1', '--school', 'S01', '--round', 'T0', '--json');
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(ran.out)).toMatchObject({ cohort: 'C1', school: 'S01', round: 'T0', ratee: 'S01-Z1' });
  });

  it('ends with 1 for input that is refused, every fault as file:line:column: what', async () => {
    const file = desk.file('bad.csv', seedListCsv().replace('K1-1', ''));
    const ran = await desk.spawn('import-instrument', file, '--key', 'other', '--version', '1');
    expect(ran).toMatchObject({ status: 1, out: '' });
    expect(ran.err.split('\n')[0]).toBe(`${file}:2:18: The field ‘cluster’ is empty.`);
  });

  it.each([
    [['no-such-command']],
    [['report', '--cohort', 'C1', '--no-such-option']],
    [['report']],
    [['report', '--cohort', 'C1', '--viewer', 'trainer']],
    [['publish-instrument', 'seed']],
    [['publish-instrument', 'seed', '1.0.0', 'more']],
    [['import-instrument', 'list.csv']],
    [['import-responses', 'rows.csv', '--instrument', 'seed']],
    [['create-admin', 'nobody']],
    [['cohort-report', '--cohort', 'C1', '--from', 'T0']],
    [[]],
  ])('ends with 2 for wrong usage: %j', async (args) => {
    const ran = await desk.run(...args);
    expect(ran).toMatchObject({ status: 2, out: '' });
    expect(ran.err).not.toBe('');
  });

  it.each([
    [['import-responses', 'nowhere.csv', '--instrument', 'seed@1.0.0'], 'nowhere.csv: There is no such file.'],
    [['import-responses', 'package.json', '--instrument', 'seed@9'], 'There is no list seed@9.'],
    [['publish-instrument', 'none', '1'], 'There is no list none@1.'],
    [['publish-instrument', 'seed', '1.0.0'], 'This version has already been published.'],
    [['cohort-report', '--cohort', 'C1', '--round', 'T9'], 'Cohort “C1” has no closed round “T9”.'],
    [['cohort-report', '--cohort', 'C1', '--round', 'T0', '--from', 'T0'], '“T0” is not before “T0”.'],
    [['cohort-report', '--cohort', 'C1', '--round', 'T0', '--other', 'C1'], 'That is the same cohort.'],
    [['report', '--cohort', 'C9'], 'There is no cohort “C9”.'],
  ])('ends with 1 and a sentence: %j', async (args, sentence) => {
    const ran = await desk.run(...args);
    expect(ran).toMatchObject({ status: 1, out: '' });
    expect(ran.err).toContain(sentence);
  });

  it('explains a setting that cannot be used, without a stack trace', async () => {
    const wrong = makeDesk();
    wrong.env['PORT'] = 'many';
    const ran = await wrong.spawn('check');
    expect(ran).toMatchObject({ status: 1, out: '' });
    expect(ran.err).toMatch(/^A setting cannot be used\.\nPORT: [^\n]+\n$/);
    wrong.remove();
  });

  it('shows help with 0', async () => {
    const ran = await desk.run('import-responses', '--help');
    expect(ran.status).toBe(0);
    expect(ran.out).toContain('--dry-run');
    expect((await desk.run('--help')).out).toContain('cohort-report');
  });

  it('a list from JSON is imported once', async () => {
    const list = fileURLToPath(new URL('src/lib/instrument/ib-180.json', `file://${root}`));
    const ran = await desk.run('import-instrument', list);
    expect(ran).toEqual({ status: 1, out: '', err: `${list}: The list ib-180@1.0.0 is there already.\n` });
  });

  it('makes an administrator a link, and tells whether the account is new', async () => {
    const ran = await desk.run('create-admin', 'Beheer@Voorbeeld.example', '--json');
    expect(ran.err).toMatch(/^Made an account for beheer@voorbeeld\.example/);
    const again = await desk.run('create-admin', 'beheer@voorbeeld.example');
    expect(again.err).toMatch(/^beheer@voorbeeld\.example has an account already/);
    expect(again.out).toMatch(/^http:\/\/localhost:3000\/sign-in\/\S+\n$/);
    expect(JSON.parse(ran.out)).toEqual({
      email: 'beheer@voorbeeld.example',
      link: expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\/\S+$/),
    });
  });

  it('runs from its source too, where nothing was built', async () => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'publish-instrument', '--help'], {
      cwd: root,
      env: desk.env,
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    const [status] = (await once(child, 'close')) as [number];
    expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining('publish-instrument [options]') });
  });

  it('a pipe that is closed early is no error', async () => {
    const child = spawn(process.execPath, ['build/bin/drieluik.js', 'report', '--cohort', 'C1', '--json'], {
      cwd: root,
      env: desk.env,
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = await once(child, 'exit');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it.each([0, 15])('gives way to a server that runs beside it, started at %i or lower', async (started) => {
    const told =
      'import {getPriority} from "node:os"; process.on("exit", () => process.stderr.write(`${getPriority()}`))';
    const args = ['--import', `data:text/javascript,${told}`, 'build/bin/drieluik.js', '--help'];
    const child = spawn(process.execPath, args, { cwd: root, env: desk.env });
    setPriority(child.pid ?? 0, Math.max(getPriority(), started));
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    child.stdout.resume();
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(0);
    expect(Number(err)).toBe(Math.max(getPriority(), started, constants.priority.PRIORITY_BELOW_NORMAL));
  });
});
