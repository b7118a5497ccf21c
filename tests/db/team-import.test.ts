import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as imports from '#lib/server/participants/import-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import * as lists from '../support/team-lists.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const { WINGERD, list: file } = lists;

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
});

const preview = (input: string | Uint8Array) => lists.previewList(db, cohort, input);
const add = (input: string | Uint8Array) => lists.addList(db, cohort, input);
const faultsOf = (input: string | Uint8Array) => lists.faultsOfList(db, cohort, input);
const countOf = (table: 'person' | 'school' | 'series') => lists.countOf(db, table);
async function plan(input: string): Promise<imports.TeamPlan> {
  const answer = await preview(input);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.faults)}`);
  return answer;
}
async function teams(): Promise<string[]> {
  const all = await cohorts.listSeries(db, cohort.id);
  return all.map(({ schoolName, rateeName, team }) => `${schoolName}: ${rateeName}, ${team.length}`);
}

describe('a file of teams', () => {
  it('adds schools, IB’ers, directors and teachers, and the same file again changes nothing', async () => {
    const answer = await add(file(...WINGERD));
    expect(answer).toMatchObject({ ok: true, counts: { schools: 1, teams: 1, people: 4, joining: 0, unchanged: 0 } });
    const [series] = await cohorts.listSeries(db, cohort.id);
    expect(series).toMatchObject({ schoolName: 'De Wingerd', brin: '12AB00', rateeName: 'Sanne Bakker' });
    expect(series?.team.map(({ role, name, email }) => `${role} ${name} ${email}`).sort()).toEqual([
      'director Joost van Dalen joost@school.example',
      'ib Sanne Bakker sanne@school.example',
      'teacher Fatima Aydin fatima@school.example',
      'teacher Jan de Boer null',
    ]);
    const again = await add(file(...WINGERD));
    expect(again).toMatchObject({ ok: true, counts: { schools: 0, teams: 0, people: 0, joining: 0, unchanged: 4 } });
    expect(await countOf('person')).toBe(4);
  });

  it('is one line of the log, with how much it brought; none where it brought nothing', async () => {
    const log = () => db.selectFrom('audit_event').select(['action', 'object_id', 'detail']).orderBy('id').execute();
    const before = await log();
    for (let time = 0; time < 2; time += 1) await add(file(...WINGERD));
    expect((await log()).slice(before.length)).toEqual([
      { action: 'team.imported', object_id: cohort.id, detail: '{"teams":1,"people":4}' },
    ]);
  });

  it('stores nothing while it is looked at', async () => {
    expect(await plan(file(...WINGERD))).toMatchObject({ counts: { teams: 1, people: 4 } });
    expect([await countOf('person'), await countOf('school'), await countOf('series')]).toEqual([0, 0, 0]);
  });

  it('adds to a team that is there, and leaves everybody else', async () => {
    await add(file(...WINGERD));
    const [team] = (await plan(file(...WINGERD, 'De Wingerd;;leerkracht;Kim;kim@school.example;'))).teams;
    expect(team?.others.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'Joost van Dalen there',
      'Fatima Aydin there',
      'Jan de Boer there',
      'Kim new',
    ]);
    await add(file('de wingerd;;leerkracht;Kim;kim@school.example;'));
    expect(await teams()).toEqual(['De Wingerd: Sanne Bakker, 5']);
  });

  it('may be cells of a spreadsheet, commas, with a byte order mark, English headings, quotes and empty columns', async () => {
    const rows = [
      ['School', 'BRIN', 'Role', 'Name', 'Email', 'IB', ''],
      ['De "Wingerd", zuid', '12AB', 'ib', 'Sanne', 'Sanne@School.example', '', ''],
      ['De "Wingerd", zuid', '', 'Director', 'Joost', 'joost@school.example'],
    ];
    const quoted = (field: string) => (/["\t,]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
    for (const delimiter of ['\t', ',', ';']) {
      const text = `\ufeff${rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n')}\r\n\r\n`;
      const found = await plan(text);
      expect(found.teams[0]).toMatchObject({
        ...{ school: { name: 'De "Wingerd", zuid', brin: '12AB00' }, ib: { email: 'sanne@school.example' } },
      });
    }
  });

  it('adds twelve schools at once', async () => {
    const rows = Array.from({ length: 12 }, (_, school) => [
      `School ${school};;ib;IB ${school};ib${school}@school.example;`,
      `School ${school};;directeur;Directeur ${school};dir${school}@school.example;`,
      ...[1, 2, 3, 4].map(
        (t) => `School ${school};;leerkracht;Leerkracht ${school}.${t};l${school}.${t}@school.example;`,
      ),
    ]).flat();
    expect(await add(file(...rows))).toMatchObject({ ok: true, counts: { schools: 12, teams: 12, people: 72 } });
    expect((await teams()).every((team) => team.endsWith(', 6'))).toBe(true);
  });

  it('may have 500 rows, and no more', async () => {
    const rows = Array.from({ length: 501 }, (_, index) => {
      const school = Math.floor(index / 25);
      const role = ['ib', 'directeur'][index % 25] ?? 'leerkracht';
      return `School ${school};;${role};Mens ${index};mens${index}@school.example;`;
    });
    expect(await faultsOf(file(...rows))).toContain('502:1 too_many_rows');
    expect(await countOf('person')).toBe(0);
    const before = performance.now();
    expect(await add(file(...rows.slice(0, 500)))).toMatchObject({ ok: true, counts: { teams: 20, people: 500 } });
    expect(performance.now() - before).toBeLessThan(2_000); // bench/teams.ts measures it
  });

  it('is for the cohort’s own trainer', async () => {
    const other = await make.makeCohort(db);
    const attempt = imports.add(db, other.trainer, cohort.secret, cohort.id, file(...WINGERD));
    await expect(attempt).rejects.toEqual(refused('forbidden'));
    await expect(imports.preview(db, other.trainer, cohort.id, file(...WINGERD))).rejects.toEqual(refused('forbidden'));
  });

  it('invites who joins an open round at once', async () => {
    await make.addSeries(db, cohort, { school: 'De Klimop' });
    const { id } = await make.openRound(db, cohort);
    await add(file(...WINGERD));
    const asked = (await rounds.progress(db, cohort.trainer, id)).map(({ raters }) => raters.length);
    expect(asked.sort()).toEqual([4, 5]);
  });

  it('invites who joins a team of an open round, with a mail to whoever has an address, and nobody twice', async () => {
    await add(file(...WINGERD));
    const { id } = await make.openRound(db, cohort);
    const mailed = async () => (await db.selectFrom('mail').select('person_id').execute()).length;
    const before = await mailed();
    const kim = 'De Wingerd;;leerkracht;Kim;kim@school.example;';
    await add(file(kim, 'De Wingerd;;leerkracht;Bo;;'));
    const [school] = await rounds.progress(db, cohort.trainer, id);
    expect(school?.raters).toHaveLength(6);
    expect(await mailed()).toBe(before + 1);
    await add(file(kim));
    expect((await rounds.progress(db, cohort.trainer, id))[0]?.raters).toHaveLength(6);
    const lines = await db
      .selectFrom('audit_event')
      .select('detail')
      .where('action', '=', 'invitation.added')
      .execute();
    expect(lines.map(({ detail }) => detail)).toEqual(['{"role":"teacher"}', '{"role":"teacher"}']);
  });
});

describe('people who are known', () => {
  it('are known by their address, and keep the name that they have', async () => {
    await add(file(...WINGERD));
    const rows = ['De Linde;;ib;S. Bakker;SANNE@school.example;', 'De Linde;;directeur;Ria;ria@school.example;'];
    const found = await plan(file(...rows));
    expect(found.counts).toMatchObject({ schools: 1, teams: 1, people: 1, joining: 1 });
    expect(found.teams[0]?.ib).toMatchObject({ status: 'known', name: 'S. Bakker', knownAs: 'Sanne Bakker' });
    await add(file(...rows));
    expect(await teams()).toEqual(['De Linde: Sanne Bakker, 2', 'De Wingerd: Sanne Bakker, 4']);
  });

  it('may be an IB’er at three schools, and a director here who is a teacher there', async () => {
    const schools = ['De Eik', 'De Els', 'De Es'];
    await add(
      file(
        ...schools.map((school) => `${school};;ib;Sanne;sanne@school.example;`),
        'De Eik;;directeur;Joost;joost@school.example;',
        'De Els;;leerkracht;Joost;joost@school.example;',
      ),
    );
    expect(await teams()).toEqual(['De Eik: Sanne, 2', 'De Els: Sanne, 2', 'De Es: Sanne, 1']);
    expect(await countOf('person')).toBe(2);
  });
});

describe('a school of a file', () => {
  it('is known by its BRIN, whatever the file calls it, and that is said', async () => {
    await add(file(...WINGERD));
    const other = await make.makeCohort(db, { trainer: cohort.trainer });
    const answer = await imports.preview(
      ...([db, other.trainer, other.id, file('Basisschool De Wingerd;12ab00;ib;Els;els@school.example;')] as const),
    );
    expect(answer).toMatchObject({
      ...{ ok: true, counts: { schools: 0, teams: 1 } },
      teams: [{ school: { name: 'De Wingerd', isNew: false, writtenAs: 'Basisschool De Wingerd' } }],
    });
  });

  it('with two IB’ers has two teams, told apart by name or address', async () => {
    await add(
      file(
        'De Linde;;ib;Els Kuiper;els@school.example;',
        'De Linde;;ib;Ties Vermeer;ties@school.example;',
        'De Linde;;directeur;Ria;ria@school.example;els kuiper',
        'De Linde;;directeur;Ria;ria@school.example;TIES@school.example',
        'De Linde;;leerkracht;Noor;;Els Kuiper',
      ),
    );
    expect(await teams()).toEqual(['De Linde: Els Kuiper, 3', 'De Linde: Ties Vermeer, 2']);
  });
});

describe('the templates', () => {
  it.each(['nl', 'en'] as const)('can be filled in and read back (%s)', async (locale) => {
    const example = await imports.templateFile('example.csv', locale);
    expect(await add(example)).toMatchObject({ ok: true, counts: { schools: 2, teams: 3, people: 10 } });
    expect(await faultsOf(await imports.templateFile('empty.csv', locale))).toEqual(['1:1 no_rows']);
  });

  it('are four files and no other', () => {
    expect(imports.templateName('example.xlsx')).toBe('example.xlsx');
    expect(imports.templateName('../secret')).toBeNull();
  });
});
