import type { SchoolYear } from '#lib/programme/school-year.ts';

/** A school year as schools write it: "2026–2027". */
export function schoolYearName(year: SchoolYear): string {
  return `${year}–${year + 1}`;
}
