import { parse } from 'csv-parse/sync';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import { GET } from '../../src/routes/(school)/reports/[schoolRound]/files/[file]/+server.ts';
import { pdfPages, pdfStreams, unzipped } from '../support/read-files.ts';
import type { ClosedRound, Scores } from '../support/school-reports.ts';

/** The same score for every aspect. */
export const all = (score: number) => () => score;
const varied = (offset: number) => (code: string) => 1 + ((Number(code.slice(3)) + offset) % 5);

/** Every view answers, and apart. */
export const three: Scores = { director: varied(0), ib: varied(1), teachers: [varied(2), varied(2), varied(3)] };

export const FILES = ['report.pdf', 'summary.pdf', 'aspects.csv', 'competencies.csv', 'figures.xlsx', 'triptych.svg'];
export const CHARTS = ['gaps-C1.svg', 'gaps-C2.svg', 'gaps-C3.svg', 'gaps-C4.svg'];

/** What the route gives for a file of the report. */
export async function get(
  app: App,
  { schoolRoundId }: ClosedRound,
  actor: UserActor | null,
  file: string,
  locale: 'nl' | 'en' = 'nl',
): Promise<{ response: Response; bytes: Uint8Array }> {
  const event = {
    locals: { app, actor, locale },
    params: { schoolRound: schoolRoundId, file },
    request: new Request('http://localhost:3000'),
  };
  const response = await GET(event as never);
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Everything that can be read in a file, whatever it is packed in. */
export async function textOf(file: string, bytes: Uint8Array): Promise<string> {
  if (file.endsWith('.pdf')) return `${(await pdfPages(bytes)).join(' ')}\n${pdfStreams(bytes)}`;
  return file.endsWith('.xlsx') ? unzipped(bytes) : new TextDecoder().decode(bytes);
}

/** The texts of files, without when they were made. */
export async function textsOf(app: App, round: ClosedRound, files: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const file of files) {
    const text = await textOf(file, (await get(app, round, round.ib, file)).bytes);
    texts[file] = text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
  }
  return texts;
}

/** Cells of a Dutch CSV: decimal commas become numbers again. */
export function cellsOf(bytes: Uint8Array): (string | number)[][] {
  const rows = parse(Buffer.from(bytes), { bom: true, delimiter: ';' });
  return rows.map((row) => row.map((cell) => (/^-?\d+(,\d+)?$/.test(cell) ? Number(cell.replace(',', '.')) : cell)));
}
