import { hasAllFields } from './csv-header.ts';
import type { Columns } from './csv-header.ts';
import { isComplete, placesIn, readColumns, readRow } from './csv-instrument-row.ts';
import type { PlaceOf, Row } from './csv-instrument-row.ts';
import { csvSource, forEachRecord } from './csv-records.ts';
import { STANDARD_ROLES, STANDARD_SCALE } from './defaults.ts';
import { FaultList } from './faults.ts';
import type { Refusal } from './faults.ts';
import { LIMITS } from './limits.ts';
import { checkInstrument } from './problems.ts';
import type { Instrument } from './schema.ts';
import { openSource } from './source-text.ts';
import type { Localized } from './types.ts';

/** What a CSV file cannot say about a list. Without a title the key stands in for it. */
type CsvIdentity = { key: string; version: string; title?: string | Localized };

type Draft = {
  code: string;
  title: Localized;
  line: number;
  clusters: Map<string, { key: string; title: Localized; aspects: DraftAspect[] }>;
};
type DraftAspect = { code: string; other: Localized; self: Localized; explain?: Localized };

/**
 * Reads a list from CSV (interfaces.md, Instrument CSV): a row an aspect, comma or semicolon, quoted line breaks allowed.
 * A text column stands without suffix (the text then serves both languages) or as `_nl` with, if wished, `_en` beside it
 * (a blank English cell falls back to the Dutch). `explain` may be left out. Scale and roles are the standard ones.
 * Rows of one competency or cluster need not stand together; order is that of first appearance.
 */
export function readInstrumentCsv(
  input: string | Uint8Array,
  identity: CsvIdentity,
): { ok: true; instrument: Instrument } | Refusal {
  const faults = new FaultList();
  const text = openSource(input, LIMITS.fileBytes, faults);
  if (text === null) return faults.refusal();
  const source = csvSource(text);
  const competencies = new Map<string, Draft>();
  const places: Places = { clusters: new Map(), aspects: new Map() };
  let columns: Columns | null = null;
  let width = 0;
  let rows = 0;
  forEachRecord(source, faults, (record) => {
    if (columns === null) {
      columns = readColumns(source, record, faults);
      width = record.fields.length;
      return;
    }
    rows += 1;
    if (!isComplete(columns) || !hasAllFields(source, record, width, faults)) return;
    const row = readRow(source, record, columns, faults);
    addRow(competencies, places, row, placesIn(source, record, columns), faults);
  });
  if (rows === 0 && faults.total === 0) faults.add('no_rows', { line: 1, column: 1 });
  if (faults.total > 0) return faults.refusal();
  return finish(competencies, identity, faults);
}

/** Where a cluster or an aspect came first. */
type Places = {
  clusters: Map<string, { competency: string; title: Localized; line: number }>;
  aspects: Map<string, number>;
};

function addRow(competencies: Map<string, Draft>, places: Places, row: Row, place: PlaceOf, faults: FaultList): void {
  const { line } = place('code')();
  let competency = competencies.get(row.competency);
  if (competency === undefined) {
    competency = { code: row.competency, title: row.competency_title, line, clusters: new Map() };
    competencies.set(row.competency, competency);
  } else if (!sameText(competency.title, row.competency_title)) {
    const params = { code: row.competency, first: competency.line };
    faults.add('title_differs', place('competency_title'), params);
  }
  const known = places.clusters.get(row.cluster);
  if (known === undefined) {
    places.clusters.set(row.cluster, { competency: row.competency, title: row.cluster_title, line });
  } else if (known.competency !== row.competency && row.cluster !== '' && row.competency !== '') {
    faults.add('code_in_two_competencies', place('cluster'), { code: row.cluster, first: known.line });
  } else if (!sameText(known.title, row.cluster_title)) {
    faults.add('title_differs', place('cluster_title'), { code: row.cluster, first: known.line });
  }
  const first = places.aspects.get(row.code);
  if (first !== undefined && row.code !== '') {
    faults.add('code_repeated', place('code'), { code: row.code, first });
    return;
  }
  places.aspects.set(row.code, line);
  const cluster = competency.clusters.get(row.cluster) ?? { key: row.cluster, title: row.cluster_title, aspects: [] };
  competency.clusters.set(row.cluster, cluster);
  const aspect: DraftAspect = { code: row.code, other: row.text_other, self: row.text_self };
  cluster.aspects.push(row.explain === null ? aspect : { ...aspect, explain: row.explain });
}

/** A blank title has a fault of its own. */
function sameText(a: Localized, b: Localized): boolean {
  return a.nl === '' || b.nl === '' || (a.nl === b.nl && a.en === b.en);
}

/** Puts the list together. What is wrong now is in the key, version or title, or the list as a whole is too large. */
function finish(
  competencies: Map<string, Draft>,
  { key, version, title = key }: CsvIdentity,
  faults: FaultList,
): { ok: true; instrument: Instrument } | Refusal {
  const checked = checkInstrument({
    key,
    version,
    title: typeof title === 'string' ? { nl: title, en: title } : title,
    scale: STANDARD_SCALE,
    roles: STANDARD_ROLES,
    competencies: [...competencies.values()].map((each) => ({
      key: each.code,
      code: each.code,
      title: each.title,
      clusters: [...each.clusters.values()],
    })),
  });
  if (checked.ok) return checked;
  for (const { code, params } of checked.problems) faults.addFound({ line: 1, column: 1, code, params });
  return faults.refusal();
}
