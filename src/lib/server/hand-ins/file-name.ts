import { plainName } from '#lib/server/downloads/service.ts';
import type { FileKind } from './file-kinds.ts';

/** Letters of a name that are kept. */
const LONGEST = 80;

/**
 * The name of a file as it is shown: without folders, signs that are not seen or turn the text round, and signs that a system
 * of files takes for its own; its ending says what the file is. It is shown and never used as a path.
 */
export function shownName(given: string, kind: FileKind): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '-')
    .replaceAll(/\s+/g, ' ');
  const base = clean.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/^[.\s-]+|[.\s-]+$/g, '');
  return `${[...base].slice(0, LONGEST).join('').trim() || 'opdracht'}.${kind}`;
}

/** The name under which it is downloaded, in plain letters that every system takes: `mijn-verslag.docx`. */
export function downloadName(shown: string, kind: FileKind): string {
  return `${plainName(shown.slice(0, -kind.length - 1)) || 'opdracht'}.${kind}`;
}
