import { TEAM_FILE_LIMITS } from './team-file.ts';

/** A file as it was uploaded: what is to be read, and its text to be shown and mended; null where it has none. */
export type Upload = {
  input: string | Uint8Array;
  text: string | null;
  /** It was not UTF-8 and read as what Excel's plain "CSV" writes: the reader is to look at names with an accent. */
  isGuessed: boolean;
};

/** Not in Windows-1252 as anybody types it: control characters, and the bytes that it leaves open. */
const UNLIKELY = /(?![\t\n\r])\p{Cc}/u;

/**
 * Finds out what an uploaded file is written in. Excel on Windows saves "CSV" as Windows-1252. Reading it as such is a
 * guess, but one that a reader sees before anything is stored; whatever it cannot be is left to be refused.
 */
export function readUpload(bytes: Uint8Array): Upload {
  if (bytes.length > TEAM_FILE_LIMITS.bytes || bytes.includes(0)) return { input: bytes, text: null, isGuessed: false };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { input: bytes, text, isGuessed: false };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    if (UNLIKELY.test(text)) return { input: bytes, text: null, isGuessed: false };
    return { input: text, text, isGuessed: true };
  }
}
