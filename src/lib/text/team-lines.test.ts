import { describe, expect, it } from 'vitest';
import { readTeamLines } from './team-lines.ts';

const read = (text: string, taken: string[] = []) => readTeamLines(text, new Set(taken));

describe('teachers typed one a line', () => {
  it('take a name with or without an address, and pass over empty lines', () => {
    expect(read('Fatima Aydin; fatima@school.example\r\n\r\n  Jan de Boer  \r\nKees;')).toEqual({
      people: [
        { name: 'Fatima Aydin', email: 'fatima@school.example' },
        { name: 'Jan de Boer', email: null },
        { name: 'Kees', email: null },
      ],
      faults: [],
    });
  });

  it('may be pasted from a spreadsheet or an address book', () => {
    const { people, faults } = read(
      'An Bos\tan@school.example\nBea Cox <bea@school.example>\nCas Dam, cas@school.example',
    );
    expect(faults).toEqual([]);
    expect(people.map(({ name, email }) => `${name}|${email}`)).toEqual([
      'An Bos|an@school.example',
      'Bea Cox|bea@school.example',
      'Cas Dam|cas@school.example',
    ]);
  });

  it('name the line of every fault', () => {
    const { faults } = read(
      [
        'Goed; goed@school.example',
        '; wie@school.example',
        'Fout; geen adres',
        'Dubbel; GOED@school.example',
        'A; a@b.nl; c',
      ].join('\n'),
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['Regel 2', 'Regel 3', 'Regel 4', 'Regel 5']);
    expect(faults[1]).toContain('geen adres');
    expect(faults[2]).toContain('regel 1');
  });

  it('cannot have the address of another role', () => {
    expect(read('Joost; joost@school.example', ['joost@school.example'])).toEqual({
      people: [],
      faults: [expect.stringMatching(/^Regel 1/)],
    });
  });

  it('are no address alone, no endless name and no endless list', () => {
    expect(read('alleen@school.example').faults).toHaveLength(1);
    expect(read('x'.repeat(201)).faults).toHaveLength(1);
    expect(read(Array.from({ length: 61 }, (_, index) => `Leerkracht ${index}`).join('\n')).faults).toHaveLength(1);
  });
});
