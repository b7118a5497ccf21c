import { describe, expect, it } from 'vitest';
import { openDatabase } from '#lib/server/db/open.ts';
import * as imports from '#lib/server/imports/service.ts';
import { deskForEachTest, importsOn, LONG_FORM, must, SEED_LIST, teamRows } from '../support/command-line.ts';

const desk = deskForEachTest();
const { csv, importRows, names } = importsOn(desk);

describe('a file', () => {
  it('with a byte order mark, semicolons and CRLF is read as any other', async () => {
    const text = `\ufeff${[LONG_FORM, ...teamRows('T0')].join('\r\n').replaceAll(',', ';')}\r\n`;
    await must(desk().run('import-responses', desk().file('excel.csv', text), ...SEED_LIST, '--create'));
    expect(await names()).toEqual(['S T0 I']);
  });

  it.each([
    [
      'a missing column',
      ['C,S,T0,ib,I,A01,5,J'],
      LONG_FORM.replace(',unclear', ''),
      '1:1: The column ‘unclear’ is missing.',
    ],
    ['an unknown column', ['C,S,T0,ib,I,A01,5,J,0,x'], `${LONG_FORM},colour`, '1:60: The column ‘colour’ is unknown.'],
    [
      'a duplicate row',
      ['C,S,T0,ib,I,A01,5,J,0', 'C,S,T0,ib,I,A01,5,J,0'],
      LONG_FORM,
      '3:13: This row is the same as the one on line 2.',
    ],
    ['an unknown aspect', ['C,S,T0,ib,I,Z99,5,J,0'], LONG_FORM, '2:13: The aspect ‘Z99’ is not in this questionnaire.'],
    ['a score of 6', ['C,S,T0,ib,I,A01,6,J,0'], LONG_FORM, '2:17: ‘6’ is no score. Possible: 1, 2, 3, 4, 5.'],
  ])('with %s is refused with its place', async (_, rows, header, fault) => {
    const file = csv(rows, header);
    const ran = await desk().run('import-responses', file, ...SEED_LIST, '--create');
    expect(ran).toEqual({ status: 1, out: '', err: `${file}:${fault}\n` });
  });

  it('that is binary is refused', async () => {
    const file = desk().file('photo.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    const ran = await desk().run('import-responses', file, ...SEED_LIST, '--create');
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(/photo\.csv:1:\d+: This is not a text file/);
  });

  it('with a thousand faults names fifty and counts the rest', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `C,S,T0,teacher,L${index},A01,9,J,0`);
    const lines = (await importRows(rows, '--create')).err.trimEnd().split('\n');
    expect(lines).toHaveLength(51);
    expect(lines[0]).toContain('rows.csv:2:');
    expect(lines[50]).toBe('… and 950 more');
  });

  it('with 100,000 rows is imported', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => {
      const aspect = String((index % 93) + 1).padStart(2, '0');
      return `C,S${Math.floor(index / 930)},T0,teacher,L${Math.floor(index / 93)},A${aspect},${(index % 5) + 1},J,0`;
    });
    const out = await must(importRows(rows, '--create', '--json'));
    expect(JSON.parse(out)).toMatchObject({ schools: 108, responses: 1076, answers: 100_000 });
  }, 60_000);
});

describe('a database that cannot be written', () => {
  const operator = { kind: 'operator' } as const;
  const options = {
    instrument: { key: 'seed', version: '1.0.0' },
    mode: 'protected',
    create: true,
    dryRun: false,
  } as const;
  const content = () => [LONG_FORM, ...teamRows('T0')].join('\n');
  const databaseFile = () => `${desk().env['DATA_DIR']}/drieluik.sqlite`;

  it('because it is full: a clear error and nothing half-written', async () => {
    const { db, raw, close } = await openDatabase({ file: databaseFile() });
    raw.pragma(`max_page_count = ${String(raw.pragma('page_count', { simple: true }))}`);
    const rows = Array.from({ length: 5000 }, (_, index) => `C,S,T0,teacher,L${index},A01,3,J,0`);
    const work = imports.importResponses(db, operator, [LONG_FORM, ...rows].join('\n'), options);
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await close();
    expect((await desk().run('report', '--cohort', 'C')).err).toBe('There is no cohort “C”.\n');
    await must(desk().run('check'));
  });

  it('because it is read-only', async () => {
    const { db, close } = await openDatabase({ file: databaseFile(), readonly: true });
    await expect(imports.importResponses(db, operator, content(), options)).rejects.toMatchObject({
      code: 'SQLITE_READONLY',
    });
    await close();
  });

  it('because another has it locked: waits, and then says so', async () => {
    const holder = await openDatabase({ file: databaseFile() });
    holder.raw.exec('begin immediate');
    const ran = await importRowsInProcess();
    holder.raw.exec('rollback');
    await holder.close();
    expect(ran.status).toBe(1);
    expect(ran.err).toBe('It is very busy right now. Nothing is lost: please try again in a moment.\n');
    expect((await desk().run('report', '--cohort', 'C')).err).toBe('There is no cohort “C”.\n');
  }, 30_000);

  const importRowsInProcess = () => desk().spawn('import-responses', csv(teamRows('T0')), ...SEED_LIST, '--create');
});
