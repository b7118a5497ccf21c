import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { formatList } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { quoted } from '#lib/text/report-words.ts';

/** Of a pulse, how much of the list it asked, and what it left out; null for a round that asked the whole of it. */
export function askedWords({ pulse, figures }: SchoolReport, locale: Locale): string | null {
  if (pulse === null) return null;
  const asked = m.pulse_report_asked({ count: figures.aspects.length, total: pulse.total }, { locale });
  if (pulse.notAsked.length === 0) return asked;
  const titles = pulse.notAsked.map(({ title }) => quoted(title[locale]));
  return `${asked} ${m.pulse_report_not_asked({ titles: formatList(titles, locale) }, { locale })}`;
}
