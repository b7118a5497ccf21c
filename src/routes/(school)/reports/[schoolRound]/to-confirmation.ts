import { m } from '#lib/paraglide/messages.js';
import type * as reports from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';

/** What the page that asks for the confirmation says of the report: whose it is, and no figure. */
export type Confirmation = { lead: string };

type Named = Awaited<ReturnType<typeof reports.nameOf>>;

/** Picks what may be said before the director has confirmed. */
export function toConfirmation(
  { schoolName, ratee, isTogether }: Pick<Named, 'schoolName' | 'ratee' | 'isTogether'>,
  locale: Locale,
): Confirmation {
  const name = ratee ?? m.report_confirm_about_ib({ school: schoolName }, { locale });
  return {
    lead: (isTogether ? m.together_confirm_lead : m.report_confirm_lead)({ name }, { locale }),
  };
}
