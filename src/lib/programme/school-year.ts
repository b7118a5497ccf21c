/** A school year by the calendar year that it begins in: 2026 is 2026–2027, from the first of August (art. 1 Wet op het primair onderwijs). */
export type SchoolYear = number;

const FIRST_MONTH = 8;

/** The school year that a day (yyyy-mm-dd) falls in. */
export function schoolYearOf(day: string): SchoolYear {
  const [year = Number.NaN, month = Number.NaN] = day.split('-').map(Number);
  return month >= FIRST_MONTH ? year : year - 1;
}

/** The first day of a school year; that of the next one is the day after its last. */
export function firstDayOf(year: SchoolYear): string {
  return `${year}-08-01`;
}
