import { DomainError } from '#lib/errors.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { LongFormEntry } from '#lib/long-form/columns.ts';
import { loadAsked, type AskedList } from '#lib/server/instruments/asked-service.ts';
import * as snapshots from '#lib/server/reports/erasure-service.ts';
import { shuffleInPlace } from '#lib/server/shuffle.ts';
import { toEntry, type ExportForm } from './entry.ts';
import { Pseudonyms } from './pseudonyms.ts';
import * as queries from './queries.ts';

export { longFormCsv as responsesCsv } from '#lib/long-form/write.ts';
export { codebooksOf, responsesWorkbook } from './files.ts';
export { MOST_ROWS } from '#lib/server/write-workbook.ts';

/** The answers of a cohort a rater at a time, and the lists that they were given with. */
export type ResponseExport = {
  /** Read as they are asked for, some forms' at a time: those of a large cohort would not fit in memory. */
  blocks: AsyncIterable<LongFormEntry[]>;
  /** How many rows that will be, and of how many forms. */
  rows: number;
  responses: number;
  /** Forms of teachers left out: somebody in their school round did not agree to be recognisable, or was erased. */
  leftOut: number;
  instruments: Instrument[];
};

/** So many forms' answers are read at once. */
const CHUNK = 8;

/**
 * Rater-level answers of a cohort's closed rounds, for the controller (rules.md, Shown and withheld): submitted forms,
 * shuffled, with pseudonyms that are random per school round; only who was rated keeps one pseudonym over rounds.
 * The teachers of a school round are left out together when one of them refused (open mode), as on every screen, or was
 * erased (protected mode): beside the mean that stays, the forms of the others would give the erased answers back.
 * Written to the audit log before anything is handed over.
 * @throws DomainError forbidden
 */
export async function exportResponses(
  db: Db,
  readDb: Db,
  actor: Actor,
  cohort: { id: string; name: string },
): Promise<ResponseExport> {
  if (!may(actor, 'export_responses', { cohortId: cohort.id })) throw new DomainError('forbidden');
  const all = await queries.listResponses(readDb, cohort.id);
  const forms = shuffleInPlace(await withoutErased(readDb, withoutRefusals(all)));
  const lists = new Map<string, AskedList>();
  for (const form of forms) if (!lists.has(form.roundId)) lists.set(form.roundId, await loadAsked(readDb, form));
  const responses = forms.length;
  await audit.record(db, actor, 'responses.exported', { type: 'cohort', id: cohort.id }, { responses });
  return {
    blocks: entriesOf(readDb, cohort.name, forms, lists),
    rows: forms.reduce((sum, form) => sum + (lists.get(form.roundId)?.aspectIds.size ?? 0), 0),
    responses,
    leftOut: all.length - responses,
    instruments: [...new Map([...lists.values()].map(({ id, whole }) => [id, whole])).values()],
  };
}

async function* entriesOf(
  readDb: Db,
  cohort: string,
  forms: readonly queries.ResponseRow[],
  lists: ReadonlyMap<string, AskedList>,
): AsyncGenerator<LongFormEntry[]> {
  // A form belongs to one school round, so a name for each form is a name for each rater and school round.
  const raters = new Pseudonyms('r');
  const ratees = new Pseudonyms('b');
  for (let start = 0; start < forms.length; start += CHUNK) {
    const chunk = forms.slice(start, start + CHUNK);
    const ids = chunk.map(({ responseId }) => responseId);
    const answers = Map.groupBy(await queries.listAnswers(readDb, ids), ({ responseId }) => responseId);
    yield chunk.flatMap((row) => {
      const form = {
        ...{ cohort, school: row.brin ?? row.schoolName, round: row.roundName, role: row.role },
        ...{ rater: raters.of(row.responseId), ratee: ratees.of(row.seriesId) },
      };
      const list = lists.get(row.roundId);
      return list ? formEntries(form, list, answers.get(row.responseId) ?? []) : [];
    });
  }
}

/** Every aspect that the round asked, also those that were not answered, so that a form without answers is still there. */
function formEntries(form: ExportForm, list: AskedList, answers: readonly queries.AnswerRow[]): LongFormEntry[] {
  const byAspect = new Map(answers.map((answer) => [answer.aspectId, answer]));
  return [...list.aspectIds].map(([code, id]) => toEntry(form, code, byAspect.get(id)));
}

function withoutRefusals(rows: readonly queries.ResponseRow[]): queries.ResponseRow[] {
  const asks = (row: queries.ResponseRow) => row.mode === 'open' && row.role === 'teacher';
  const refused = new Set(rows.filter((row) => asks(row) && row.consent !== 1).map((row) => row.schoolRoundId));
  return rows.filter((row) => !asks(row) || !refused.has(row.schoolRoundId));
}

async function withoutErased(db: Db, rows: readonly queries.ResponseRow[]): Promise<queries.ResponseRow[]> {
  const isProtected = (row: queries.ResponseRow) => row.mode === 'protected' && row.role === 'teacher';
  const forms = Map.groupBy(rows.filter(isProtected), ({ schoolRoundId }) => schoolRoundId);
  const inside = await snapshots.teachersInside(db, [...forms.keys()]);
  return rows.filter(
    (row) => !isProtected(row) || (inside.get(row.schoolRoundId) ?? 0) <= (forms.get(row.schoolRoundId)?.length ?? 0),
  );
}
