import { plainName } from '#lib/server/downloads/service.ts';
import type { FileKind } from './file-kinds.ts';

/** Letters of a name that are kept. */
const LONGEST = 80;

/** Signs of a name that are looked at: no system of files takes longer ones, and a body has room for millions. */
const LOOKED_AT = 300;

/** Signs with which no name begins or ends. */
const EDGE = /^[.\s-]$/;

/**
 * The name of a file as it is shown: without folders, signs that are not seen or turn the text round, and signs that a system
 * of files takes for its own; its ending says what the file is. It is shown and never used as a path.
 */
export function shownName(given: string, kind: FileKind): string {
  const folders = Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1;
  const clean = given
    .slice(folders, folders + LOOKED_AT)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '-')
    .replaceAll(/\s+/g, ' ');
  const signs = [...clean.replace(/\.[a-z0-9]{1,5}$/i, '')];
  const isKept = (sign: string) => !EDGE.test(sign);
  const base = signs.slice(signs.findIndex(isKept), signs.findLastIndex(isKept) + 1);
  return `${base.slice(0, LONGEST).join('').trim() || 'opdracht'}.${kind}`;
}

/** The name under which it is downloaded, in plain letters that every system takes: `mijn-verslag.docx`. */
export function downloadName(shown: string, kind: FileKind): string {
  return `${plainName(shown.slice(0, -kind.length - 1)) || 'opdracht'}.${kind}`;
}
