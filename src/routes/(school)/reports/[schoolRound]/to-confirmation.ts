import type { Confirmation } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type * as reports from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';

type Named = Awaited<ReturnType<typeof reports.nameOf>>;

/** Picks what may be said before the director has confirmed. */
export function toConfirmation(
  { schoolName, ratee, isTogether }: Pick<Named, 'schoolName' | 'ratee' | 'isTogether'>,
  locale: Locale,
): Confirmation {
  const name = ratee ?? m.report_confirm_about_ib({ school: schoolName }, { locale });
  const at = { locale };
  return {
    lead: (isTogether ? m.together_confirm_lead : m.report_confirm_lead)({ name }, at),
    talk: m.report_confirm_points_talk({}, at),
    gap: m.report_confirm_points_gap({}, at),
    file: m.report_confirm_points_file({}, at),
    develop: m.report_confirm_develop({}, at),
    once: m.report_confirm_once({}, at),
  };
}
