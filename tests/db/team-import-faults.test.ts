import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import * as lists from '../support/team-lists.ts';

const { HEADER, WINGERD, list: file } = lists;

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
});

const add = (input: string | Uint8Array) => lists.addList(db, cohort, input);
const faultsOf = (input: string | Uint8Array) => lists.faultsOfList(db, cohort, input);
const countOf = (table: 'person' | 'school' | 'series') => lists.countOf(db, table);

describe('a faulty file', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['nothing', '', ['1:1 empty_file']],
    ['headings only', HEADER, ['1:1 no_rows']],
    ['no headings', WINGERD.join('\n'), expect.arrayContaining(['1:1 column_missing', '1:1 column_unknown'])],
    ['a heading that is none', `${HEADER};klas\nA;;ib;B;b@c.nl;;x`, ['1:35 column_unknown']],
    [
      'a heading that is nearly one',
      'school;rol;naan;emial\nA;ib;B;b@c.nl',
      ['1:12 column_misspelt', '1:17 column_misspelt'],
    ],
    ['a heading twice', `${HEADER};naam\nA;;ib;B;b@c.nl;;B`, ['1:35 column_repeated']],
    ['a quote that is not closed', file('De Wingerd;;ib;"Sanne;s@x.nl;'), ['2:16 csv_quote_not_closed']],
    ['an Excel workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), ['1:1 spreadsheet_file']],
    ['Windows-1252', Uint8Array.from([...new TextEncoder().encode(`${HEADER}\nCaf`), 0xe9]), ['2:4 not_utf8_cells']],
    ['more than 1 MB', 'x'.repeat(1024 * 1024 + 1), ['1:1 file_too_large']],
    ['empty cells', file(';;;;;', ' ;12AB;;;'), ['3:1 field_empty', '3:8 field_empty', '3:9 field_empty']],
    ['a role that is none', file('A;;conciërge;B;b@c.nl;'), ['2:4 team_role_unknown']],
    ['a BRIN that is none', file('A;123;ib;B;b@c.nl;'), ['2:3 brin_malformed']],
    ['an address that is none', file('A;;ib;B;b@c;'), ['2:9 email_malformed']],
    [
      'an IB’er or director without an address',
      file('A;;ib;B;;', 'A;;directeur;C;;'),
      ['2:9 email_missing', '3:16 email_missing'],
    ],
    ['a name that is too long', file(`A;;ib;${'x'.repeat(201)};b@c.nl;`), ['2:7 text_too_long']],
    ['too many cells', file('A;;ib;B;b@c.nl;;x'), ['2:17 too_many_cells']],
    ['one BRIN with two names', file('A;12AB;ib;B;b@c.nl;', 'C;12AB;leerkracht;D;;'), ['3:1 school_name_differs']],
    [
      'one name with two BRINs',
      file('A;12AB;ib;B;b@c.nl;', 'A;12AC;ib;D;d@c.nl;', 'A;;leerkracht;E;;'),
      ['4:1 school_ambiguous'],
    ],
    [
      'a school without an IB’er, said once',
      file('A;;directeur;B;b@c.nl;', 'A;;leerkracht;C;;'),
      ['2:1 team_without_ib'],
    ],
    [
      'two directors',
      file('A;;ib;B;b@c.nl;', 'A;;directeur;C;c@c.nl;', 'A;;directeur;D;d@c.nl;'),
      ['4:4 team_two_directors'],
    ],
    [
      'two IB’ers and no word of whose team',
      file('A;;ib;B;b@c.nl;', 'A;;ib;C;c@c.nl;', 'A;;leerkracht;D;;'),
      ['4:18 ib_needed'],
    ],
    ['an IB’er who is not there', file('A;;ib;B;b@c.nl;', 'A;;leerkracht;D;;Els'), ['3:18 ib_unknown']],
    ['two IB’ers of one name', file('A;;ib;B;b@c.nl;', 'A;;ib;B;c@c.nl;', 'A;;leerkracht;D;;B'), ['4:18 ib_ambiguous']],
    [
      'somebody twice',
      file('A;;ib;B;b@c.nl;', 'A;;leerkracht;D;d@c.nl;', 'A;;leerkracht;D;D@c.nl;'),
      ['4:17 person_repeated'],
    ],
    ['an IB’er twice', file('A;;ib;B;b@c.nl;', 'A;;ib;B;b@c.nl;'), ['3:9 person_repeated']],
    [
      'a teacher without address twice',
      file('A;;ib;B;b@c.nl;', 'A;;leerkracht;D;;', 'A;;leerkracht;d;;'),
      ['4:15 person_repeated'],
    ],
    ['one person in two roles of a team', file('A;;ib;B;b@c.nl;', 'A;;directeur;B;b@c.nl;'), ['3:16 person_two_roles']],
    ['one address with two names', file('A;;ib;B;b@c.nl;', 'C;;ib;D;b@c.nl;'), ['3:7 person_name_differs']],
  ])('with %s is refused by line and column', async (_, input, faults) => {
    expect(await faultsOf(input)).toEqual(faults);
  });

  it('names what does not go with the cohort as it is', async () => {
    await add(file(...WINGERD, 'De Linde;;ib;Els;els@school.example;'));
    expect(
      await faultsOf(
        file(
          'De Wingerd;;directeur;Ander;ander@school.example;',
          'De Wingerd;;leerkracht;Joost van Dalen;joost@school.example;',
          'De Wingerd;;leerkracht;Jan de Boer;jan@school.example;',
          'De Linde;34CD;ib;Els;els@school.example;',
        ),
      ),
    ).toEqual([
      '2:13 team_has_director',
      '3:13 person_other_role',
      '4:24 person_without_address',
      '5:1 school_without_brin',
    ]);
  });

  it('names a school that cannot join an open round without its director', async () => {
    await make.addSeries(db, cohort);
    await make.openRound(db, cohort);
    expect(await faultsOf(file('A;;ib;B;b@c.nl;', 'A;;leerkracht;C;;'))).toEqual(['2:1 team_needs_director']);
  });

  it('does not say of a school what comes from a row that is wrong anyway', async () => {
    const rows = ['A;;ib;B;geen adres;', 'A;;directeur;C;c@c.nl;', 'A;;leerkracht;D;;'];
    expect(await faultsOf(file(...rows))).toEqual(['2:9 email_malformed']);
  });

  it('stores nothing, not even its good rows', async () => {
    expect(await add(file(...WINGERD, 'A;;ib;B;geen adres;'))).toMatchObject({ ok: false, total: 1 });
    expect([await countOf('person'), await countOf('school'), await countOf('series')]).toEqual([0, 0, 0]);
  });

  it('is named with all its faults at once', async () => {
    const rows = ['A;;ib;B;geen adres;', 'C;;directeur;D;d@c.nl;', 'E;1;ib;F;f@c.nl;'];
    expect(await faultsOf(file(...rows))).toEqual(['2:9 email_malformed', '3:1 team_without_ib', '4:3 brin_malformed']);
  });
});
