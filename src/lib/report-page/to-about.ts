import type { AspectAbout, ReportPage } from '#lib/components/report/report-page.ts';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { whyRead } from '#lib/text/report-readings.ts';
import type { PageAspect } from './to-page.ts';

/** What a reader can open at an aspect, and by which cluster and order of the list it can be found. */
export function aboutOf(
  { instrument, level }: SchoolReport,
  aspects: ReadonlyMap<string, PageAspect>,
  teachers: number,
  locale: Locale,
): Pick<ReportPage, 'about' | 'clusters'> {
  const groups = instrument.competencies.flatMap(({ code, clusters }) =>
    clusters.map((cluster) => ({ ...cluster, competency: code })),
  );
  const listed = groups.flatMap(({ key, aspects: own }) => own.map((aspect) => ({ ...aspect, cluster: key })));
  const about = listed.flatMap(({ code, cluster, explain }, order): [string, AspectAbout][] => {
    const aspect = aspects.get(code);
    if (!aspect) return [];
    const why = whyRead(aspect, level, teachers, locale);
    return [[code, { cluster, order, explain: explain?.[locale] ?? null, why }]];
  });
  return {
    about: Object.fromEntries(about),
    clusters: groups.map(({ key, title, competency }) => ({ key, title: title[locale], competency })),
  };
}
