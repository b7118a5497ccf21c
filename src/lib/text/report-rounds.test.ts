import { describe, expect, it } from 'vitest';
import { changeWords, roundsCaption } from './report-rounds.ts';
import type { ChangeFacts } from './report-rounds.ts';

const change = (over: Partial<ChangeFacts> = {}): ChangeFacts => ({
  view: 'ib',
  title: 'Leerkrachten coachen',
  status: 'ok',
  band: 'no_clear_change',
  ...over,
});

describe('change between rounds', () => {
  it.each([
    [change({ band: 'clearly_higher' }), 'duidelijk hoger'],
    [change({ band: 'clearly_lower' }), 'duidelijk lager'],
    [change(), 'geen duidelijke verandering'],
    [change({ status: 'director_changed', band: null }), 'andere directeur – niet vergelijkbaar'],
    [change({ status: 'ratee_changed', band: null }), "andere IB'er – niet vergelijkbaar"],
    [change({ status: 'reworded', band: null }), 'toen anders verwoord – niet vergelijkbaar'],
    [change({ status: 'insufficient', band: null, reason: 'view_hidden' }), 'niet te vergelijken: luik dicht'],
  ])('%o is "%s" (measurement.md §7)', (given, words) => {
    expect(changeWords(given, 'nl')).toBe(words);
  });

  it('is told by view, and what was compared beside it', () => {
    const changes = [
      change({ band: 'clearly_higher' }),
      change({ view: 'teacher', band: 'clearly_higher' }),
      change({ view: 'director', status: 'director_changed', band: null }),
    ];
    expect(roundsCaption(changes, 'T0', ['T0'], { ib: 'Marloes', teachers: 3 }, 'nl')).toBe(
      'Marloes geeft nu duidelijk hogere scores bij ‘Leerkrachten coachen’. ' +
        'De leerkrachten geven nu duidelijk hogere scores bij ‘Leerkrachten coachen’. ' +
        'We vergelijken alleen dezelfde aspecten en dezelfde mensen. ' +
        'Bij meting T0 was er een andere directeur; die scores vergelijken we niet. ' +
        'De groep leerkrachten kan tussendoor veranderd zijn.',
    );
  });

  it('of a sole teacher is that of one', () => {
    const changes = [change({ view: 'teacher', band: 'clearly_lower' })];
    const caption = roundsCaption(changes, 'T0', [], { ib: null, teachers: 1 }, 'nl');
    expect(caption).toContain('De leerkracht geeft nu duidelijk lagere scores bij ‘Leerkrachten coachen’.');
    expect(caption).toContain('De leerkracht kan een ander zijn dan toen.');
  });

  it('that is nowhere clear is said once', () => {
    expect(roundsCaption([change()], 'T0', [], { ib: null, teachers: 3 }, 'nl')).toMatch(
      /^Er is nergens een duidelijke verandering sinds meting T0\./,
    );
  });

  it('is told to the IB’er who reads it', () => {
    const told = (locale: 'nl' | 'en') =>
      roundsCaption(
        [change({ band: 'clearly_higher' })],
        'T0',
        [],
        { ib: 'Marloes', teachers: 3, reader: 'ib' },
        locale,
      );
    expect(told('nl')).toMatch(/^Jij geeft nu duidelijk hogere scores bij/);
    expect(told('en')).toMatch(/^You now give clearly higher scores in/);
  });
});
