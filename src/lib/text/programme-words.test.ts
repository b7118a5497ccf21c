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
});
