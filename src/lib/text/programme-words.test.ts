import { describe, expect, it } from 'vitest';
import { VIEWS } from '#lib/analysis/types.ts';
import { distanceWords, openingWords, rowWord, type SaidChange } from './programme-words.ts';

const up = { change: 0.3, low: 0.1, high: 0.5 };
const down = { change: -0.3, low: -0.5, high: -0.1 };
const flat = { change: 0.1, low: -0.1, high: 0.3 };
const none = { change: null, low: null, high: null };

type Said = typeof up | typeof none;
const row = (title: string, ...said: [Said, Said, Said]): SaidChange[] =>
  VIEWS.map((view, index) => ({ view, competency: title, title, ...(said[index] ?? none) }));

describe('the sentences that open a programme', () => {
  it('name who see more and who see less, most people first, and where nothing stands out', () => {
    const changes = [
      ...row('A', none, up, up),
      ...row('B', up, up, up),
      ...row('C', none, down, down),
      ...row('D', flat, flat, flat),
    ];
    expect(openingWords(changes, 'nl')).toEqual([
      "Bij ‘B’ zien directeuren, IB'ers en leerkrachten meer dan bij de start.",
      "Bij ‘A’ zien IB'ers en leerkrachten meer dan bij de start.",
      "Bij ‘C’ zien IB'ers en leerkrachten minder dan bij de start.",
    ]);
    expect(openingWords(changes.slice(3), 'nl').at(-1)).toBe(
      'Bij ‘D’ is er geen verandering die groter is dan de onzekerheid.',
    );
  });

  it('say of all competencies at once what holds for all', () => {
    expect(openingWords([...row('A', up, up, up), ...row('B', up, up, up)], 'nl')).toEqual([
      "Bij alle competenties zien directeuren, IB'ers en leerkrachten meer dan bij de start.",
    ]);
    expect(openingWords([...row('A', up, up, up), ...row('B', none, none, none)], 'nl')[0]).toContain('‘A’');
    expect(openingWords(row('A', flat, none, flat), 'nl')).toHaveLength(1);
  });

  it('say nothing of change where nothing may be said', () => {
    expect(openingWords(row('A', none, none, none), 'nl')[0]).toContain('nog niets te zeggen');
  });

  it('say why nothing may be said: too few schools, or what the figures would tell, or both', () => {
    const because = (...reasons: SaidChange['reason'][]) =>
      openingWords(
        row('A', none, none, none).map((one, index) => ({ ...one, reason: reasons[index] })),
        'nl',
      );
    const [few, hidden] = ['te weinig scholen', 'zouden laten zien wat enkele scholen hebben ingevuld'];
    const [all] = because('too_few_schools', 'too_few_schools', 'not_asked');
    expect(all).toContain(few);
    expect(all).not.toContain(hidden);
    const [withheld] = because('hidden_cells', 'hidden_cells', 'not_asked');
    expect(withheld).toContain(hidden);
    expect(withheld).not.toContain(few);
    const [some] = because('hidden_cells', 'too_few_schools', 'too_few_schools');
    expect(some).toContain(few);
    expect(some).toContain(hidden);
    expect(because('not_asked', 'not_asked', 'not_asked')[0]).toContain('niet dezelfde groepen');
  });

  it('go by the interval as it is shown: one that rounds to nothing leaves no difference', () => {
    const hardly = { change: 0.2, low: 0.04, high: 0.4 };
    expect(openingWords(row('A', hardly, hardly, hardly), 'nl')[0]).toContain('geen verandering');
  });
});

describe('what the views of a competency say together', () => {
  it.each([
    [[up, up, up], 'hoger bij alle drie'],
    [[none, up, up], 'hoger bij beide'],
    [[none, none, up], 'hoger bij 1 van de 1'],
    [[flat, down, flat], 'lager bij 1 van de 3'],
    [[down, down, down], 'lager bij alle drie'],
    [[up, down, flat], 'hoger én lager'],
    [[flat, flat, none], 'geen duidelijke verandering'],
    [[none, none, none], 'niets over te zeggen'],
  ])('%#: %s', (said, word) => {
    expect(rowWord(said, 'nl')).toBe(word);
  });
});

describe('the sentences about distance', () => {
  it('name the pairs that came nearer, those that went apart and those that did neither', () => {
    const words = distanceWords(
      [
        { pair: 'ib_director', ...down },
        { pair: 'ib_teacher', ...flat },
        { pair: 'director_teacher', ...none },
      ],
      'nl',
    );
    expect(words).toBe(
      "De beelden van IB'ers en directeuren liggen dichter bij elkaar dan bij de start. " +
        "Tussen IB'ers en leerkrachten is er geen verandering die groter is dan de onzekerheid.",
    );
    expect(distanceWords([{ pair: 'ib_director', ...none }], 'nl')).toContain('nog niets over te zeggen');
  });

  it('tell pairs apart that did the same', () => {
    const said = (way: typeof flat | typeof down) => [
      { pair: 'ib_director' as const, ...way },
      { pair: 'ib_teacher' as const, ...way },
    ];
    expect(distanceWords(said(flat), 'nl')).toBe(
      "Tussen IB'ers en directeuren en tussen IB'ers en leerkrachten is er geen verandering die groter is dan de onzekerheid.",
    );
    expect(distanceWords(said(down), 'nl')).toBe(
      "De beelden van IB'ers en directeuren en van IB'ers en leerkrachten liggen dichter bij elkaar dan bij de start.",
    );
    expect(distanceWords(said(flat), 'en')).toMatch(
      /^Between IB'ers and directors and between IB'ers and teachers there/,
    );
  });

  it.each([
    ['too_few_schools', 'te weinig scholen hebben genoeg stellingen'],
    ['hidden_cells', 'zouden laten zien wat enkele scholen hebben ingevuld'],
    ['not_asked', 'beide keren zijn gevraagd'],
    ['not_recorded', 'niet vastgelegd'],
  ] as const)('say why there is none: %s', (reason, words) => {
    const sentence = distanceWords([{ pair: 'ib_director', ...none, reason }], 'nl');
    expect(sentence).toContain(words);
    if (reason !== 'too_few_schools') expect(sentence).not.toContain('te weinig scholen');
  });

  it('name both reasons where some are too few and others would tell of a few', () => {
    const sentence = distanceWords(
      [
        { pair: 'ib_director', ...none, reason: 'hidden_cells' },
        { pair: 'ib_teacher', ...none, reason: 'too_few_schools' },
      ],
      'nl',
    );
    expect(sentence).toContain('te weinig scholen');
    expect(sentence).toContain('enkele scholen hebben ingevuld');
  });
});
