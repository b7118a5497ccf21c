import type { Scale } from '#lib/charts/figure.ts';
import { furthestOf } from '#lib/charts/gap-figure.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { saidByBoth } from '#lib/text/report-captions.ts';
import { whyListed } from '#lib/text/report-readings.ts';
import type { People } from '#lib/text/report-words.ts';
import { inSentence } from '#lib/text/report-words.ts';
import type { PageAspect } from './to-page.ts';

type Words = { scale: Scale; people: People; base: string | null };

/** What to talk about first: each aspect with its one-line why, and the rule that picked them. */
export function firstOf(
  first: SchoolReport['facts']['first'],
  aspects: ReadonlyMap<string, PageAspect>,
  { scale, people, base }: Words,
  locale: Locale,
): ReportPage['first'] {
  const rule: string[] = [m.report_first_rule({}, { locale })];
  if (base !== null) rule.push(m.report_first_base({ title: inSentence(base) }, { locale }));
  const listed = first.flatMap(({ code }) => {
    const aspect = aspects.get(code);
    return aspect ? { code, why: whyFirst(aspect, scale, people, locale) } : [];
  });
  const isCompared = [...aspects.values()].some(({ reading }) => reading !== 'insufficient');
  return { aspects: listed, rule: rule.join(' '), isCompared };
}

function whyFirst(aspect: PageAspect, { labels }: Scale, people: People, locale: Locale): string {
  const furthest = aspect.reading === 'seen_differently' ? furthestOf(aspect) : null;
  const sides = furthest && saidByBoth(furthest, labels, people, locale);
  return sides ? m.report_first_differ(sides, { locale }) : whyListed(aspect, people.teachers, locale);
}
