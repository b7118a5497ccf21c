import type { ShownLevel } from '#lib/analysis/view-differences.ts';
import type { Scale } from '#lib/charts/figure.ts';
import { furthestOf } from '#lib/charts/gap-figure.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { MOST_FIRST } from '#lib/conversation/first-to-discuss.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { classMeaning } from '#lib/text/report-about.ts';
import { saidByBoth } from '#lib/text/report-captions.ts';
import { whyListed } from '#lib/text/report-readings.ts';
import type { People } from '#lib/text/report-words.ts';
import { quoted } from '#lib/text/report-words.ts';
import type { PageAspect } from './to-page.ts';

type Words = { scale: Scale; level: ShownLevel; people: People; base: string | null };

/** What to talk about first: each aspect with its one-line why, the rule that picked them, and that there are no more where there are few. */
export function firstOf(
  first: SchoolReport['facts']['first'],
  aspects: ReadonlyMap<string, PageAspect>,
  { scale, level, people, base }: Words,
  locale: Locale,
): ReportPage['first'] {
  const rule: string[] = [m.report_first_rule({ level }, { locale })];
  if (base !== null) rule.push(m.report_first_base({ title: quoted(base) }, { locale }));
  const listed = first.flatMap(({ code }) => {
    const aspect = aspects.get(code);
    return aspect ? { code, why: whyFirst(aspect, { scale, level, people }, locale) } : [];
  });
  const isCompared = [...aspects.values()].some(({ reading }) => reading !== 'insufficient');
  const isAll = listed.length > 0 && first.length < MOST_FIRST;
  const fewer = isAll ? m.report_first_fewer({ count: listed.length }, { locale }) : null;
  return { aspects: listed, rule: rule.join(' '), fewer, isCompared };
}

/**
 * The words of the scale are those of the scores: they tell a difference only where it is shown as it is. Without the level
 * what is left of it is told, and by whom.
 */
function whyFirst(aspect: PageAspect, { scale, level, people }: Omit<Words, 'base'>, locale: Locale): string {
  const isDifferent = aspect.reading === 'seen_differently';
  if (isDifferent && level === 'without') return classMeaning(aspect.class, level, people.teachers, locale);
  const furthest = isDifferent ? furthestOf(aspect) : null;
  const sides = furthest && saidByBoth(furthest, scale.labels, people, locale);
  return sides ? m.report_first_differ(sides, { locale }) : whyListed(aspect, people.teachers, locale);
}
