import { describe, expect, it } from 'vitest';
import { addDays, dayOf, isWeekday } from '#lib/server/days.ts';
import { hindranceOf, isReminderDue, isReminderTime, isRested } from './reminder-rule.ts';

/** The days on which somebody who never submits is reminded, looked at every day from the invitation on. */
function remindersOf({
  invitedOn,
  closesOn,
  days = 60,
}: {
  invitedOn: string;
  closesOn: string | null;
  days?: number;
}) {
  const reminded: string[] = [];
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const today = addDays(invitedOn, ahead);
    if (closesOn !== null && today > closesOn) break;
    const remindedOn = reminded.at(-1) ?? null;
    const rater = { invitedOn, remindedOn, mailedOn: remindedOn ?? invitedOn, closesOn };
    if (isWeekday(today) && isReminderDue(rater, today)) reminded.push(today);
  }
  return reminded;
}

describe('the schedule of reminders', () => {
  it('begins after five days and goes on every four, on weekdays, until somebody closes the round', () => {
    // 2 March 2026 is a Monday: five days later is a Saturday.
    expect(remindersOf({ invitedOn: '2026-03-02', closesOn: null, days: 21 })).toEqual([
      '2026-03-09',
      '2026-03-13',
      '2026-03-17',
      '2026-03-23',
    ]);
  });

  it('keeps the last two weekdays before closing for the last reminder', () => {
    // Closes on a Friday: a reminder after five days, on the 10th, would leave no room for one on the 12th.
    expect(remindersOf({ invitedOn: '2026-03-05', closesOn: '2026-03-13' })).toEqual(['2026-03-12']);
    expect(remindersOf({ invitedOn: '2026-02-26', closesOn: '2026-03-13' })).toEqual([
      ...['2026-03-03', '2026-03-09', '2026-03-12'],
    ]);
    // Closes on a Sunday: the last weekdays are Thursday and Friday.
    expect(remindersOf({ invitedOn: '2026-03-02', closesOn: '2026-03-15' }).at(-1)).toBe('2026-03-12');
  });

  it('does not remind in a round of three days, for the invitation is a mail too', () => {
    expect(remindersOf({ invitedOn: '2026-03-02', closesOn: '2026-03-04' })).toEqual([]);
    expect(remindersOf({ invitedOn: '2026-03-02', closesOn: '2026-03-02' })).toEqual([]);
    expect(remindersOf({ invitedOn: '2026-03-02', closesOn: '2026-03-05' })).toEqual(['2026-03-05']);
  });

  it('mails nobody twice within three days, whatever the day of invitation and of closing', () => {
    for (let start = 0; start < 14; start += 1) {
      for (let length = 1; length < 40; length += 1) {
        const invitedOn = addDays('2026-03-16', start); // over the change to summer time
        const days = [invitedOn, ...remindersOf({ invitedOn, closesOn: addDays(invitedOn, length) })];
        expect(
          days.every((day, index) => index === 0 || day >= addDays(days[index - 1] ?? '', 3)),
          invitedOn,
        ).toBe(true);
      }
    }
  });

  it('counts a reminder by hand, and a mail of whatever kind', () => {
    const person = { invitedOn: '2026-03-02', remindedOn: null, mailedOn: '2026-03-02', closesOn: null };
    expect(isReminderDue(person, '2026-03-09')).toBe(true);
    expect(isReminderDue({ ...person, remindedOn: '2026-03-06', mailedOn: '2026-03-06' }, '2026-03-09')).toBe(false);
    expect(isReminderDue({ ...person, mailedOn: '2026-03-07' }, '2026-03-09')).toBe(false);
    expect(isReminderDue({ ...person, mailedOn: '2026-03-07' }, '2026-03-10')).toBe(true);
  });

  it('keeps silent after a clock that was set back', () => {
    const ahead = { invitedOn: '2026-03-02', remindedOn: '2026-04-20', mailedOn: '2026-04-20', closesOn: null };
    expect(isReminderDue(ahead, '2026-03-20')).toBe(false);
    const invitedAhead = { invitedOn: '2026-04-20', remindedOn: null, mailedOn: null, closesOn: '2026-04-21' };
    expect(isReminderDue(invitedAhead, '2026-03-20')).toBe(false);
  });
});

describe('what keeps somebody from being reminded', () => {
  const rater = { isQuiet: false, hasAddress: true, isUnreachable: false, mailedOn: '2026-03-02' };

  it.each([
    ['nothing, three days after the last mail', {}, null],
    ['nothing, when there was no mail', { mailedOn: null }, null],
    ['a mail of two days ago', { mailedOn: '2026-03-03' }, 'recent'],
    ['an invitation that did not arrive, however long ago', { isUnreachable: true }, 'mail_failed'],
    ['somebody who asked for none, before all else', { isQuiet: true, hasAddress: false }, 'quiet'],
    ['no address, whatever was mailed before', { hasAddress: false, isUnreachable: true }, 'no_address'],
  ])('%s', (_, given, hindrance) => expect(hindranceOf({ ...rater, ...given }, '2026-03-05')).toBe(hindrance));
});

describe('the time for reminders', () => {
  it.each([
    ['2026-03-03T06:59:00Z', false], // 07:59
    ['2026-03-03T07:00:00Z', true],
    ['2026-03-03T16:59:00Z', true],
    ['2026-03-03T17:00:00Z', false], // 18:00
    ['2026-03-30T06:00:00Z', true], // 08:00 in summer time
    ['2026-03-07T11:00:00Z', false], // Saturday
    ['2026-03-03T23:30:00Z', false],
  ])('%s: %s', (moment, isTime) => expect(isReminderTime(new Date(moment))).toBe(isTime));
});

describe('rest between mails', () => {
  it.each([
    [null, true],
    ['2026-03-28', false],
    ['2026-03-27', true], // the clock was set forward in between
    ['2026-03-31', false],
  ])('last one %s', (mailedOn, isRestedNow) =>
    expect(isRested(mailedOn, dayOf(new Date('2026-03-30T00:30:00Z')))).toBe(isRestedNow),
  );
});
