import { csvOf, workbookOf } from '#lib/server/downloads/service.ts';
import type { Locale } from '#lib/text/numbers.ts';

const FILES = ['example.csv', 'example.xlsx'] as const;
type TemplateName = (typeof FILES)[number];

/** The template that an address asks for; null when there is none of that name. */
export function templateName(name: string): TemplateName | null {
  return FILES.find((file) => file === name) ?? null;
}

const HEADINGS = [
  ...['competency', 'competency_title_nl', 'competency_title_en', 'cluster', 'cluster_title_nl', 'cluster_title_en'],
  ...['code', 'text_other_nl', 'text_other_en', 'text_self_nl', 'text_self_en', 'explain_nl', 'explain_en'],
];

const TALKS = ['A', 'Gesprekken leiden', 'Leading talks'];
const ROWS = [
  [
    ...[...TALKS, 'A1', 'Het begin', 'The beginning', 'A.01'],
    ...[
      "De IB'er zegt aan het begin wat het doel van het gesprek is.",
      "The IB'er says at the start what the talk is for.",
    ],
    ...['Ik zeg aan het begin wat het doel van het gesprek is.', 'I say at the start what the talk is for.'],
    ...[
      "Bijvoorbeeld: 'Om half vier weten we wie wat doet.'",
      "For example: 'At half past three we know who does what.'",
    ],
  ],
  [
    ...[...TALKS, 'A2', 'Het einde', 'The end', 'A.02'],
    ...["De IB'er vat samen wat is afgesproken.", "The IB'er sums up what was agreed."],
    ...['Ik vat samen wat is afgesproken.', 'I sum up what was agreed.', '', ''],
  ],
];

/** A list of two aspects to begin from, for a spreadsheet in this language. */
export async function templateFile(name: TemplateName, locale: Locale): Promise<Uint8Array<ArrayBuffer>> {
  const table = [HEADINGS, ...ROWS];
  return name.endsWith('.csv') ? csvOf(table, locale) : workbookOf([{ name: 'list', table }]);
}
