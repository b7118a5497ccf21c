import { LIMITS } from '#lib/disclosure/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';

/** Why there is no figure over the schools of a round, and from how many on there is (measurement.md §9.6, §11). */
export function fewSchoolsText(schools: number, locale: Locale): string {
  const needed = LIMITS.minSchools;
  const counted =
    schools === 0
      ? m.dashboard_few_none({ needed }, { locale })
      : m.dashboard_few_why({ count: schools, needed }, { locale });
  return `${counted} ${m.dashboard_few_people({ needed }, { locale })}`;
}
