import type { RemarkGroup } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { PageAspect } from './to-page.ts';

const WHO = { director: m.report_remark_director, ib: m.report_remark_ib, teacher: m.report_remark_teacher } as const;

/** The remarks a competency, in the order in which they were drawn at closing. */
export function remarkGroups(
  remarks: SchoolReport['remarks'],
  titles: ReadonlyMap<string, string>,
  aspects: ReadonlyMap<string, PageAspect>,
  locale: Locale,
): RemarkGroup[] {
  return [...titles].flatMap(([code, title]) => {
    const own = remarks.filter(({ competency }) => competency === code);
    if (own.length === 0) return [];
    const group = own.map(({ role, aspect, text }) => {
      const statement = aspect === null ? null : (aspects.get(aspect)?.statement ?? null);
      return { role, who: WHO[role]({}, { locale }), statement, text };
    });
    return { title, remarks: group };
  });
}
