import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';

/** What a report's head names behind the school; absent parts are null. */
export type ReportDetails = {
  /** The BRIN, if the school has one. */
  brin: string | null;
  cohort: string;
  round: string;
  /** Which whole round of its cohort it is, from 1 up; null for a pulse. */
  place: number | null;
  closedOn: string | null;
  ratee: string | null;
};

/** BRIN, cohort, round, day of closing and who it is about, as far as they are known, in the order of the page. */
export function reportDetails(
  { brin, cohort, round, place, closedOn, ratee }: ReportDetails,
  locale: Locale,
): string[] {
  return [
    ...(brin ? [brin] : []),
    cohort,
    place === null ? m.pulse_named({ round }, { locale }) : m.report_round_place({ round, place }, { locale }),
    ...(closedOn ? [m.report_closed_on({ date: closedOn }, { locale })] : []),
    ...(ratee ? [m.report_about({ name: ratee }, { locale })] : []),
  ];
}
