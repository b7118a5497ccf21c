import { describe, expect, it } from 'vitest';
import { dueOn, type RoundFacts } from './today.ts';

const today = '2026-03-10';

function round(given: Partial<RoundFacts>): RoundFacts {
  return {
    ...{ roundId: 'r', roundName: 'T0', cohortId: 'c', cohortName: 'Rivierenrand', status: 'open', origin: 'app' },
    ...{ opensOn: null, closesOn: null, openedOn: '2026-03-09', withoutDirector: 0, invited: 6, submitted: 2 },
    ...{ unreleased: 0, failedMails: 0, waitingMails: 0, closedOn: null, released: 0, schools: 6, isPulse: false },
    ...given,
  };
}
const kinds = (...rounds: RoundFacts[]) => dueOn(today, rounds, []).map(({ kind }) => kind);
const planned = (given: Partial<RoundFacts>) => round({ status: 'planned', openedOn: null, invited: 0, ...given });

describe('what is due', () => {
  it('is nothing for a round that has just opened, or waits for a trainer’s own moment', () => {
    expect(kinds(round({}), planned({}), planned({ withoutDirector: 2 }))).toEqual([]);
    expect(kinds(planned({ opensOn: '2026-03-18' }), round({ closesOn: '2026-03-18' }))).toEqual([]);
    expect(kinds(round({ status: 'closed' }))).toEqual([]);
  });

  it('is what opens or closes today, or within a week', () => {
    expect(kinds(planned({ opensOn: today }))).toEqual(['opens_today']);
    expect(kinds(planned({ opensOn: '2026-03-17' }))).toEqual(['opens_soon']);
    expect(kinds(round({ closesOn: today }))).toEqual(['closes_today']);
    expect(kinds(round({ closesOn: '2026-03-17' }))).toEqual(['closes_soon']);
  });

  it('is a round that should be open by now', () =>
    expect(kinds(planned({ opensOn: '2026-03-09', withoutDirector: 1 }))).toEqual(['held_back']));

  it('is a school without a director, before its round opens', () =>
    expect(dueOn(today, [planned({ opensOn: '2026-03-12', withoutDirector: 2 })], [])).toMatchObject([
      { kind: 'no_director', count: 2 },
      { kind: 'opens_soon', day: '2026-03-12' },
    ]));

  it('tells the response as counts after a week, and that everybody has submitted at once', () => {
    expect(dueOn(today, [round({ openedOn: '2026-03-03' })], [])).toMatchObject([
      { kind: 'waits', submitted: 2, invited: 6 },
    ]);
    expect(kinds(round({ submitted: 6 }))).toEqual(['complete']);
    expect(kinds(round({ submitted: 6, closesOn: '2026-03-12' }))).toEqual(['complete']);
  });

  it('is mail that failed, beside the rest', () =>
    expect(kinds(round({ failedMails: 3, closesOn: '2026-03-12' }))).toEqual(['mail_failed', 'closes_soon']));

  it('is mail that waits as long as the mail server holds it up, in rounds that are open', () => {
    const waits = [round({ waitingMails: 4 }), round({ status: 'closed', waitingMails: 2 }), round({})];
    expect(dueOn(today, waits, [])).toEqual([]);
    expect(dueOn(today, waits, [], 'unreachable')).toMatchObject([{ kind: 'mail_held_up', count: 4 }]);
  });

  it('is mail that waits for want of a mail server, until somebody submitted: nobody may have a link yet', () => {
    const begins = round({ waitingMails: 4, submitted: 0 });
    expect(dueOn(today, [begins, round({ waitingMails: 3, submitted: 1 })], [], 'unset')).toMatchObject([
      { kind: 'mail_held_up', count: 4 },
    ]);
  });

  it('is a session to make from a round that closed within four weeks and has figures', () => {
    const closed = { status: 'closed', closedOn: '2026-02-10', released: 1 } as const;
    expect(kinds(round(closed))).toEqual(['session']);
    expect(kinds(round({ ...closed, unreleased: 2 }))).toEqual(['release', 'session']);
    expect(kinds(round({ ...closed, closedOn: '2026-02-09' }))).toEqual([]);
    expect(kinds(round({ ...closed, released: 0 }))).toEqual([]); // it may open again
    expect(kinds(round({ ...closed, schools: 4 }))).toEqual([]);
    expect(kinds(round({ ...closed, origin: 'import' }))).toEqual([]);
  });

  it('is a report to release; an imported round needs none', () => {
    expect(kinds(round({ status: 'closed', unreleased: 2 }))).toEqual(['release']);
    expect(kinds(round({ status: 'closed', unreleased: 2, origin: 'import' }))).toEqual([]);
  });

  it('is an IB’er without an address, for the cohort', () => {
    const cohorts = [
      { cohortId: 'c', cohortName: 'Rivierenrand', withoutAddress: 1 },
      { cohortId: 'd', cohortName: 'De Brug', withoutAddress: 0 },
    ];
    expect(dueOn(today, [], cohorts)).toMatchObject([{ kind: 'no_address', cohortId: 'c', roundId: null, count: 1 }]);
  });

  it('comes in order: what cannot wait, what is missing, what is coming, what is ready; the nearest day first', () => {
    const rounds = [
      round({ roundId: 'released', status: 'closed', unreleased: 1 }),
      round({ roundId: 'friday', closesOn: '2026-03-13' }),
      round({ roundId: 'thursday', closesOn: '2026-03-12' }),
      round({ roundId: 'today', closesOn: today }),
      planned({ roundId: 'late', opensOn: '2026-03-01' }),
      round({ roundId: 'mail', failedMails: 1 }),
    ];
    const order = dueOn(today, rounds, []).map(({ roundId }) => roundId);
    expect(order).toEqual(['late', 'today', 'mail', 'thursday', 'friday', 'released']);
  });
});
