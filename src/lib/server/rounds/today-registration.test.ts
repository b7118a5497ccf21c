import { expect, it } from 'vitest';
import type { RegistrationFacts } from '#lib/server/registrations/today-service.ts';
import { dueOn } from './today.ts';

const today = '2026-03-10';

function due(given: Partial<RegistrationFacts>) {
  const facts: RegistrationFacts = {
    ...{ cohortId: 'c', cohortName: 'Rivierenrand', lastOn: '2026-04-01', startsOn: '2026-05-01', people: 3 },
    ...{ minPeople: 6, next: 0, nextAfterWaiting: 0, waiting: 0, untold: 0, free: 2, ...given },
  };
  return dueOn(today, [], [], null, [], [facts]);
}

it('a registration below its minimum is due in its last week, with how many there are and are needed', () => {
  expect(due({ lastOn: '2026-03-17' })).toMatchObject([
    { kind: 'registration_below', day: '2026-03-17', count: 3, least: 6, cohortId: 'c', roundId: null },
  ]);
  expect(due({ lastOn: today })).toHaveLength(1);
  expect(due({ lastOn: '2026-03-18' })).toEqual([]);
  expect(due({ lastOn: null })).toEqual([]);
  expect(due({ lastOn: today, people: 6 })).toEqual([]);
  expect(due({ lastOn: today, minPeople: null })).toEqual([]);
});

it('a place to give is one line a cohort: from the waiting list first, else who came new, else who waits unknowingly', () => {
  expect(due({ next: 3, nextAfterWaiting: 1, waiting: 1, untold: 1 })).toMatchObject([
    { kind: 'place_free', count: 1 },
  ]);
  expect(due({ next: 3, waiting: 1, untold: 1 })).toMatchObject([{ kind: 'place_wait', count: 3 }]);
  expect(due({ waiting: 4, untold: 2, free: 0 })).toMatchObject([{ kind: 'place_none', count: 2 }]);
  expect(due({ waiting: 4, free: 0 })).toEqual([]);
});

it('one place that a waiting pair does not fit in is due until the programme begins', () => {
  expect(due({ waiting: 1, free: 1 })).toMatchObject([{ kind: 'place_held_up', count: 1 }]);
  expect(due({ waiting: 1, free: 1, startsOn: today })).toEqual([]);
  expect(due({ waiting: 0, free: 1 })).toEqual([]);
});

it('it comes after rounds that cannot wait', () => {
  const withoutAddress = [{ cohortId: 'd', cohortName: 'De Brug', withoutAddress: 1 }];
  const facts = { cohortId: 'c', cohortName: 'Rivierenrand', lastOn: today, startsOn: '2026-05-01', people: 0 };
  const registering = { ...facts, minPeople: 2, next: 1, nextAfterWaiting: 0, waiting: 0, untold: 0, free: null };
  const kinds = dueOn(today, [], withoutAddress, null, [], [registering]).map(({ kind }) => kind);
  expect(kinds).toEqual(['registration_below', 'place_wait', 'no_address']);
});
