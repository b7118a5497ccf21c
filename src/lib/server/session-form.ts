import { WHOLE } from './next-session/service.ts';
import type { TypedNote } from './next-session/service.ts';

/** The page of a session as it was sent (components/dashboard/SessionForm.svelte): its notes, and what is done with a place. */
export type SentSession = {
  notes: TypedNote[];
  /** The place of the button that was pressed, by the aspect that was proposed for it; null for a button without one. */
  place: string | null;
  /** The aspect that stood in that place when the page was made. */
  seen: string;
  /** The aspect that was chosen for it; empty where none was. */
  to: string;
  /** Everything that was typed, to give back to the page. */
  values: Record<string, string>;
};

const NOTE = 'note';
const VERSION = 'version';

/** The name of a field of an aspect's note; that on the whole session has none after the dot. */
export const noteField = (aspect: string): string => `${NOTE}.${aspect}`;
export const versionField = (aspect: string): string => `${VERSION}.${aspect}`;

/** Reads the form; what is not a text, or not a number where one is due, counts as not sent. */
export function readSession(data: FormData): SentSession {
  const values: Record<string, string> = {};
  for (const [name, value] of data) if (typeof value === 'string') values[name] = value.replaceAll('\r\n', '\n');
  const notes = Object.entries(values).flatMap(([name, text]): TypedNote[] => {
    if (!name.startsWith(`${NOTE}.`)) return [];
    const aspect = name.slice(NOTE.length + 1) || WHOLE;
    const version = Number.parseInt(values[versionField(aspect)] ?? '', 10);
    return [{ aspect, text, version: Number.isSafeInteger(version) && version > 0 ? version : 0 }];
  });
  const place = values['place'] ?? null;
  return { notes, place, seen: values[`seen.${place ?? ''}`] ?? '', to: values['to'] ?? '', values };
}
