import { describe, expect, it } from 'vitest';
import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import { elevation } from '#lib/analysis/elevation.ts';
import { openingSentences } from './report-opening.ts';
import type { People } from './report-words.ts';

const titles = ['Doelgericht communiceren', 'Zorgbesprekingen leiden', 'Leerkrachten coachen'];
const classes = (...of: CompetencyClass[]) => of.map((one, index) => ({ title: titles[index] ?? '', class: one }));
const level = (ibDirector: number | null, ibTeacher: number | null, directorTeacher: number | null) =>
  elevation({ ib_director: ibDirector, ib_teacher: ibTeacher, director_teacher: directorTeacher });
const people = { ib: null, teachers: 3 };
const even = level(0.1, -0.1, -0.2);
const alike = classes('in_agreement', 'in_agreement', 'in_agreement');

describe('a level difference opens the report', () => {
  it.each([
    [
      level(0.6, 0.5, 0),
      "De IB'er geeft zichzelf over de hele lijn hogere scores dan de directeur en de leerkrachten.",
    ],
    [
      level(-0.6, -0.5, 0),
      "De IB'er geeft zichzelf over de hele lijn lagere scores dan de directeur en de leerkrachten.",
    ],
    [level(0.6, null, null), "De IB'er geeft zichzelf over de hele lijn hogere scores dan de directeur."],
    [level(null, -0.6, null), "De IB'er geeft zichzelf over de hele lijn lagere scores dan de leerkrachten."],
    [level(0.3, -0.3, 0.6), 'De directeur geeft over de hele lijn hogere scores dan de leerkrachten.'],
    [level(null, null, -0.5), 'De directeur geeft over de hele lijn lagere scores dan de leerkrachten.'],
  ])('%o: %s', (given, sentence) => {
    expect(
      openingSentences({ complete: true, differ: 0, elevation: given, competencies: alike, people }, 'nl')[0],
    ).toBe(sentence);
  });

  it('of a list about working together is in scores, not in what somebody gives the own work', () => {
    const facts = { complete: true, differ: 0, elevation: level(0.6, null, null), competencies: alike };
    const opening = (reader: 'ib' | 'other', elevated = facts.elevation) =>
      openingSentences({ ...facts, elevation: elevated, people: { ...people, reader, isTogether: true } }, 'nl')[0];
    expect(opening('other')).toBe("De IB'er geeft over de hele lijn hogere scores dan de directeur.");
    expect(opening('ib')).toBe('Je geeft over de hele lijn hogere scores dan de directeur.');
    expect(opening('ib', level(-0.6, null, null))).toBe('Je geeft over de hele lijn lagere scores dan de directeur.');
    const some = { ...facts, elevation: even, people: { ...people, isTogether: true } };
    const said = (one: CompetencyClass) =>
      openingSentences({ ...some, competencies: classes(one, 'in_agreement', 'in_agreement') }, 'nl').join(' ');
    expect(said('blind_spot')).toContain("geeft de IB'er hogere scores dan de ander.");
    expect(said('hidden_strength')).toContain("geeft de ander hogere scores dan de IB'er.");
  });

  it('of the IB’er comes before that of the director and the teachers', () => {
    const sentences = openingSentences(
      {
        complete: true,
        differ: 0,
        elevation: level(0.9, 0.3, -0.6),
        competencies: alike,
        people: { ...people, ib: 'Els' },
      },
      'nl',
    );
    expect(sentences[0]).toMatch(/^Els geeft zichzelf .* hogere/);
    expect(sentences[1]).toMatch(/^De directeur geeft .* lagere/);
  });

  it('leaves room for two more sentences at most', () => {
    const facts = {
      complete: true,
      differ: 0,
      people,
      competencies: classes('hidden_strength', 'contested', 'in_agreement'),
    };
    for (const elevated of [level(0.9, 0.3, -0.6), level(0.9, 0.3, 0), even]) {
      expect(openingSentences({ ...facts, elevation: elevated }, 'nl')).toHaveLength(3);
    }
  });

  it('claims neither agreement nor difference where it is half and half', () => {
    const facts = {
      complete: true,
      differ: 0,
      people,
      elevation: even,
      competencies: classes('in_agreement', 'contested'),
    };
    expect(openingSentences(facts, 'nl')[0]).toBe('Bij de ene helft zien jullie hetzelfde, bij de andere niet.');
  });

  it('does not call it half where something could not be compared', () => {
    const competencies = classes('in_agreement', 'contested', 'insufficient', 'insufficient');
    expect(openingSentences({ complete: true, differ: 0, people, elevation: even, competencies }, 'nl')[0]).toBe(
      'Waar jullie beelden te vergelijken zijn, zijn ze deels gelijk en deels niet.',
    );
  });

  it('says "where your views can be compared" when one of the three is missing', () => {
    const facts = { elevation: even, competencies: alike, people };
    const [first] = openingSentences({ ...facts, complete: false, differ: 0 }, 'nl');
    expect(first).toBe('Waar jullie beelden te vergelijken zijn, zien jullie ongeveer hetzelfde.');
  });

  it('speaks of a sole teacher as one', () => {
    const facts = { complete: true, differ: 0, competencies: alike, people: { ib: null, teachers: 1 } };
    expect(openingSentences({ ...facts, elevation: level(0.6, 0.5, 0) }, 'nl')[0]).toMatch(
      /dan de directeur en de leerkracht\.$/,
    );
    expect(openingSentences({ ...facts, elevation: level(0.3, -0.3, 0.6) }, 'nl')[0]).toMatch(/dan de leerkracht\.$/);
  });

  it('is not told below half a point', () => {
    const [first] = openingSentences(
      { complete: true, differ: 0, elevation: level(0.4, 0.4, 0.4), competencies: alike, people },
      'nl',
    );
    expect(first).toBe('Jullie zien bij alle competenties ongeveer hetzelfde.');
  });
});

describe('where the means agree and single aspects do not', () => {
  const open = (differ: number, complete: boolean, locale: 'nl' | 'en' = 'nl') =>
    openingSentences({ complete, differ, elevation: even, competencies: alike, people }, locale)[0];

  it('the headline says both at once, with the count of the readings', () => {
    expect(open(12, true)).toBe('Gemiddeld zien jullie ongeveer hetzelfde; bij 12 aspecten zien jullie het anders.');
    expect(open(1, true)).toBe('Gemiddeld zien jullie ongeveer hetzelfde; bij één aspect zien jullie het anders.');
    expect(open(12, true, 'en')).toBe('On average you see about the same; you see 12 aspects differently.');
  });

  it('and claims nothing about a view that is missing', () => {
    expect(open(12, false)).toMatch(/^Waar jullie beelden te vergelijken zijn, .* gemiddeld .* bij 12 aspecten/);
  });
});

describe('without one the report opens with what is alike and what differs', () => {
  const open = (...of: CompetencyClass[]) =>
    openingSentences(
      {
        complete: true,
        differ: 0,
        elevation: even,
        competencies: classes(...of),
        people: { ...people, ib: 'Marloes' },
      },
      'nl',
    );

  it('mostly alike', () => {
    expect(open('in_agreement', 'in_agreement', 'blind_spot')).toEqual([
      'Jullie zien veel hetzelfde.',
      'Bij ‘Leerkrachten coachen’ geeft Marloes zichzelf hogere scores dan de anderen.',
      'Gemiddeld zien jullie ongeveer hetzelfde bij ‘Doelgericht communiceren’ en ‘Zorgbesprekingen leiden’.',
    ]);
  });

  it('mostly different, each kind with its own sentence', () => {
    expect(open('hidden_strength', 'contested', 'in_agreement')).toEqual([
      'Jullie beelden lopen uiteen.',
      'Bij ‘Doelgericht communiceren’ geven de anderen hogere scores dan Marloes zichzelf geeft.',
      'Bij ‘Zorgbesprekingen leiden’ zien de directeur en de leerkrachten het verschillend.',
    ]);
  });

  it('what could not be compared is not called alike', () => {
    expect(open('in_agreement', 'in_agreement', 'insufficient')).toEqual([
      'Waar jullie beelden te vergelijken zijn, zien jullie ongeveer hetzelfde.',
      'Bij ‘Leerkrachten coachen’ is te weinig beoordeeld om te vergelijken.',
    ]);
    expect(open('insufficient', 'insufficient', 'insufficient')).toEqual([
      'Er is te weinig beoordeeld om de beelden per competentie naast elkaar te leggen.',
    ]);
  });
});

describe('the IB’er who reads the own report', () => {
  const own: People = { ib: 'Marloes', teachers: 3, reader: 'ib' };
  const open = (given: ReturnType<typeof level>, ...of: CompetencyClass[]) =>
    openingSentences({ complete: true, differ: 0, elevation: given, competencies: classes(...of), people: own }, 'nl');

  it('is spoken to, in every sentence that is about the own scores', () => {
    const told = [
      ...open(level(0.6, 0.5, 0), 'blind_spot', 'blind_spot', 'hidden_strength'),
      ...open(level(-0.6, -0.5, 0), 'in_agreement'),
    ];
    expect(told).toEqual([
      'Je geeft jezelf over de hele lijn hogere scores dan de directeur en de leerkrachten.',
      'Bij ‘Doelgericht communiceren’ en ‘Zorgbesprekingen leiden’ geef je jezelf hogere scores dan de anderen.',
      'Bij ‘Leerkrachten coachen’ geven de anderen hogere scores dan jij jezelf geeft.',
      'Je geeft jezelf over de hele lijn lagere scores dan de directeur en de leerkrachten.',
      'Jullie zien bij alle competenties ongeveer hetzelfde.',
    ]);
  });

  it('is named where somebody else reads', () => {
    const facts = { complete: true, differ: 0, elevation: level(0.6, 0.5, 0), competencies: alike };
    expect(openingSentences({ ...facts, people: { ...own, reader: 'other' } }, 'nl')[0]).toMatch(
      /^Marloes geeft zichzelf/,
    );
  });
});
