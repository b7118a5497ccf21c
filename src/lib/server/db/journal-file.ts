import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncPath } from './replace.ts';

/**
 * The journal of what ended, beside the backups (rules.md, Shown and withheld): JSON lines, only ever added to, ids and times
 * and nothing else. Its first line names it; the database keeps that name, so that a restored copy knows its own journal.
 */

const OWNER_ONLY = 0o600;

const entry = z.object({
  at: z.string(),
  kind: z.enum([
    'person_erased',
    'account_ended',
    'role_ended',
    'second_factor_ended',
    'invitation_withdrawn',
    'invitation_restored',
    'invitation_replaced',
    'invitation_link_ended',
    'consent_withdrawn',
    'consent_given',
    'consent_taken_back',
    'cohort_cleared',
    'cohort_answers_cleared',
    'registration_director_erased',
  ]),
  id: z.string(),
  /** Of a link that was replaced: the one that holds now; of a registration its version since. */
  generation: z.number().int().positive().optional(),
});
const head = z.object({ journal: z.string() });

/** Something that ended, at this moment (ISO 8601). */
export type JournalEntry = z.infer<typeof entry>;

export type Journal = { id: string; entries: JournalEntry[] };

/** The file is no journal, or a line of it cannot be read. */
export class JournalDamaged extends Error {}

/**
 * Reads a journal. A last line without an end is left out: its transaction was never committed.
 * @returns null when there is none
 * @throws JournalDamaged naming the line
 */
export function readJournal(file: string): Journal | null {
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const [first, ...rest] = lines;
  const parsed = head.safeParse(json(first));
  if (!parsed.success) throw new JournalDamaged(`${file}:1: this is no journal of Drieluik.`);
  const entries = rest.map((line, index) => {
    const read = entry.safeParse(json(line));
    if (!read.success) throw new JournalDamaged(`${file}:${index + 2}: this line cannot be read.`);
    return read.data;
  });
  return { id: parsed.data.journal, entries };
}

/** Begins a journal of this name; one that was there is kept beside it. */
export function beginJournal(file: string, id: string, at: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file)) renameSync(file, `${file}.before-${at.replaceAll(/[:.]/g, '-')}`);
  add(file, [{ journal: id, at }]);
  syncPath(dirname(file));
}

/** Adds entries, and returns when they are on the disk. A write that fails leaves the file as it was. */
export function appendToJournal(file: string, entries: readonly JournalEntry[]): void {
  add(file, entries);
}

function add(file: string, values: readonly object[]): void {
  const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  const handle = openSync(file, 'a+', OWNER_ONLY);
  try {
    const end = endOfLines(handle, file);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } catch (cause) {
      ftruncateSync(handle, end);
      throw cause;
    }
  } finally {
    closeSync(handle);
  }
}

/** Takes away what a power cut left of a line, which nothing was committed for. @returns the size of the file */
function endOfLines(handle: number, file: string): number {
  const { size } = fstatSync(handle);
  if (size === 0) return 0;
  const content = readFileSync(file);
  const end = content.lastIndexOf('\n') + 1;
  if (end < size) ftruncateSync(handle, end);
  return end;
}

function json(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return null;
  }
}
