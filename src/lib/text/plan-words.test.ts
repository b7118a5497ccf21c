import { describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { planHoursText } from './plan-words.ts';

describe('hours of a plan', () => {
  it('are one hour and several hours', () => {
    expect([1, 2.5, 0].map((hours) => planHoursText(hours, 'en'))).toEqual(['1 hour', '2.5 hours', '0 hours']);
    expect([1, 2.5].map((hours) => planHoursText(hours, 'nl'))).toEqual(['1 uur', '2,5 uur']);
  });

  it('stand with their word in a sentence', () => {
    const english = { locale: 'en' } as const;
    const one = planHoursText(1, 'en');
    expect(m.course_hours_total({ total: one }, english)).toBe('1 hour per participant:');
    expect(m.course_hours_parts({ sessions: one, assignments: planHoursText(8, 'en') }, english)).toBe(
      '1 hour of sessions and 8 hours of assignments.',
    );
    expect(m.template_hours({ hours: one }, english)).toBe('about 1 hour a year');
    expect(m.course_choose_how({ years: '1 year', sessions: 1, hours: one }, english)).toBe(
      '1 year · 1 half-day · about 1 hour a year.',
    );
  });
});
