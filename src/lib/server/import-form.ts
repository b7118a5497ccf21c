import type { Fault } from '#lib/instrument/faults.ts';
import * as imports from './participants/import-service.ts';

/** A list that comes in by a form (`ImportForm.svelte`): pasted, or as a file. */

/** So many faults are listed; a file with more has the same few mistakes on every row. */
const SHOWN = 50;

export type SentList = {
  input: string | Uint8Array;
  /** What goes back to the page to be mended. */
  text: string;
  /** The file's letters are a guess (`readUpload`). */
  isGuessed: boolean;
};

/** What was sent: an uploaded file, and else what was pasted. */
export async function sentList(data: FormData): Promise<SentList> {
  const [file, pasted] = [data.get('file'), data.get('text')];
  const text = typeof pasted === 'string' ? pasted.replaceAll('\r\n', '\n') : '';
  if (!(file instanceof File) || file.size === 0) return { input: text, text, isGuessed: false };
  const upload = imports.readUpload(new Uint8Array(await file.arrayBuffer()));
  return { ...upload, text: upload.text ?? text };
}

/** What is wrong with a list, as its page shows it: the first faults, each with its line as it was written. */
export type ListRefusal = {
  faults: { line: number; column: number; heading: string | null; row: string; text: string }[];
  total: number;
};

/** @param words the sentence for a fault, in the reader's language */
export function listRefusal(
  { faults, total }: { faults: readonly Fault[]; total: number },
  text: string,
  words: (fault: Fault) => string,
): ListRefusal {
  const shown = faults.slice(0, SHOWN);
  const lines = imports.faultLines(text, shown);
  return {
    total,
    faults: shown.map((fault, index) => {
      const { heading = null, row = '' } = lines[index] ?? {};
      return { line: fault.line, column: fault.column, heading, row: row.slice(0, 200), text: words(fault) };
    }),
  };
}
