import type { LookBackPart, Told } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { SinceStart } from '#lib/server/reports/service.ts';
import { formatMean, type Locale } from '#lib/text/numbers.ts';
import { directionOf } from '#lib/text/programme-words.ts';
import { intervalText, isPartRead, withheld } from './reasons.ts';

type LookBack = SinceStart['lookBack'][number];
type Mean = { mean: number; low: number | null; high: number | null };

/** The three answers to the scale question beside each other, over all competencies (measurement.md §7). */
export function lookBackPart(course: CohortCourse, latest: SinceStart, locale: Locale): LookBackPart | null {
  const { lookBack, to } = latest;
  const overall = lookBack.find(({ competency }) => competency === null);
  if (!overall) return null;
  if (overall.triple === null) {
    const { reason } = overall;
    if (reason === 'not_recorded') {
      return { caption: m.programme_look_back_not_recorded({}, { locale }), lines: [], notes: [] };
    }
    const line = {
      value: withheld(reason, locale),
      interval: '',
      label: m.programme_look_back_at({ round: to }, { locale }),
    };
    const few = isPartRead(course, latest) ? m.programme_look_back_few_read : m.programme_look_back_few;
    const caption = reason === 'hidden_cells' ? m.programme_hidden({}, { locale }) : few({}, { locale });
    return { caption, lines: [line], notes: [] };
  }
  const { start, then, now, withheldStart } = overall.triple;
  const hidden: Told = { text: m.programme_look_back_hidden({}, { locale }), withheld: withheldStart ?? '' };
  const line = (value: Mean | null, label: string) => ({
    value: value === null ? hidden : { text: formatMean(value.mean, locale) },
    interval: value === null ? '' : intervalText(value, locale, formatMean),
    label,
  });
  return {
    caption: captionOf(overall.triple, locale),
    lines: [
      line(start, m.programme_look_back_start({}, { locale })),
      line(then, m.programme_look_back_then({}, { locale })),
      line(now, m.programme_look_back_at({ round: to }, { locale })),
    ],
    notes: [
      m.programme_look_back_scale({ n: overall.n }, { locale }),
      ...(start === null ? [m.programme_look_back_why({}, { locale })] : []),
    ],
  };
}

function captionOf({ responseShift, adjusted }: NonNullable<LookBack['triple']>, locale: Locale): string {
  if (responseShift === null) {
    const points = formatMean(Math.abs(adjusted.mean), locale);
    const way = directionOf({ ...adjusted, change: adjusted.mean });
    if (way === 1) return m.programme_look_back_now({ points }, { locale });
    return way === -1
      ? m.programme_look_back_now_lower({ points }, { locale })
      : m.programme_look_back_now_same({}, { locale });
  }
  const way = directionOf({ ...responseShift, change: responseShift.mean });
  if (way === -1) return m.programme_look_back_lower({}, { locale });
  return way === 1 ? m.programme_look_back_higher({}, { locale }) : m.programme_look_back_same({}, { locale });
}
