import type { Content } from 'pdfmake/interfaces.js';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { CohortPart, ProgrammePage } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { paragraph, small } from './pdf-parts.ts';
import { brand } from './pdf-overview.ts';
import { ambitions } from './pdf-programme-ambitions.ts';
import { growth } from './pdf-programme-growth.ts';
import { doing, outcomes, takingPart } from './pdf-programme-outcomes.ts';
import { SIZE, type PdfSpec } from './pdf-spec.ts';

/** Four A4 hold the figures of three cohorts; of more those of the two that are furthest, and what the page says of each. */
const MOST_COHORTS = 3;
const OF_MORE = 2;

/**
 * The page of a programme on at most four A4, from what the page shows and nothing else (DESIGN: print): what changed, who sees
 * it, whether views come closer and the work is understood alike, who took part, and the ambitions. The group's notes stay on
 * the page: a file is handed on.
 */
export function programmeDocument(page: ProgrammePage, locale: Locale): PdfSpec {
  const at = { locale };
  const count = page.cohorts.length > MOST_COHORTS ? OF_MORE : MOST_COHORTS;
  const cohorts = page.cohorts.slice(0, count);
  const isNamed = page.cohorts.length + page.withheld.length > 1;
  const name = (cohort: CohortPart) => (isNamed ? cohort.name : null);
  const foot = {
    left: m.programme_pdf_foot({ name: page.name }, at),
    page: m.files_page({ page: '{page}', pages: '{pages}' }, at),
  };
  return {
    title: m.programme_pdf_title({ name: page.name, partnership: page.partnership }, at),
    language: locale,
    content: [
      ...head(page, page.cohorts.slice(count), locale),
      ...growth(cohorts, page.notes.growth, { name, locale }),
      ...outcomes(cohorts, page.notes, { name, locale }),
      ...takingPart(cohorts, { name, locale }),
      ...doing(cohorts, page.notes.doing, { name, locale }),
      ...ambitions(page.ambitions, cohorts, { notes: page.notes.ambitions, isNamed, locale }),
    ],
    foot,
  };
}

function head(page: ProgrammePage, rest: readonly CohortPart[], locale: Locale): Content[] {
  const at = { locale };
  const others = rest.map(({ name }) => name);
  return [
    brand(m.programme_totals_only({}, at)),
    {
      text: [
        { text: page.name, bold: true },
        { text: ` · ${[page.partnership, page.stand].filter(Boolean).join(' · ')}`, color: PAPER.text },
      ],
      ...{ fontSize: SIZE.close, margin: [0, 8, 0, 3] },
    },
    { text: page.title, bold: true, fontSize: 16, lineHeight: 1, margin: [0, 0, 20, 5] },
    ...page.lead.map((sentence) => paragraph(sentence, 3)),
    ...page.withheld.map(({ text }) => small(text)),
    ...(page.others === null ? [] : [small(page.others)]),
    ...(others.length === 0 ? [] : [small(m.programme_pdf_others({ cohorts: others.join(', ') }, at))]),
  ];
}
