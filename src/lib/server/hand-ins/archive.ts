import type { Readable } from 'node:stream';
import { fromBufferPromise, type Entry } from 'yauzl';
import { DomainError } from '#lib/errors.ts';

/** Far above what a document of 10 MB has, and little enough to be read in a second. */
export const ARCHIVE_LIMITS = {
  /** Parts, of documents within the document too. */
  entries: 5_000,
  /** Bytes that come out, all together. */
  bytes: 150 * 1024 * 1024,
  /** Of a part that is read as text. */
  text: 1024 * 1024,
  /** Of an archive within the archive, such as the sheet behind a chart; in that one there is none. */
  within: 10 * 1024 * 1024,
};

const SIGNATURE = [0x50, 0x4b, 0x03, 0x04];

/** Whether these bytes begin as a ZIP archive does. */
export function isArchive(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** The parts of an archive: their names, and the texts of those that were asked for. */
export type Found = { names: string[]; texts: Map<string, string> };

/**
 * Reads an archive once from end to end and keeps next to nothing. What it says of its own size is added up beforehand, and
 * what really comes out is held against it as it comes.
 * @param wanted the names of parts that are read as text; whatever the case, as the programs that open them do
 * @returns its parts, and those of archives within it
 * @throws DomainError file_unpacks_too_large: more parts or bytes than ARCHIVE_LIMITS, more bytes than it says, or archives in
 *   archives in archives; file_broken where it cannot be read, also for a password, or has two parts of one name
 */
export async function readArchive(
  bytes: Uint8Array,
  wanted: readonly string[],
): Promise<{ parts: Found; within: Found[] }> {
  const counts = { entries: 0, said: 0, real: 0 };
  try {
    const within: Found[] = [];
    const parts = await read(bytes, wanted, counts, async (inner) => {
      const found = await read(inner, wanted, counts, () => Promise.reject(new DomainError('file_unpacks_too_large')));
      within.push(found);
    });
    return { parts, within };
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError(isSizeFault(cause) ? 'file_unpacks_too_large' : 'file_broken');
  }
}

type Counts = { entries: number; said: number; real: number };

async function read(
  bytes: Uint8Array,
  wanted: readonly string[],
  counts: Counts,
  onArchive: (inner: Uint8Array) => Promise<void>,
): Promise<Found> {
  const found: Found = { names: [], texts: new Map() };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const archive = await fromBufferPromise(buffer, { lazyEntries: true });
  const entries: Entry[] = [];
  for await (const entry of archive.eachEntry()) {
    entries.push(entry);
    counts.entries += 1;
    counts.said += entry.uncompressedSize;
    assertWithin(counts);
  }
  const seen = new Set<string>();
  for (const entry of entries) {
    const plain = entry.fileName.toLowerCase();
    // A program opens one of the two, and it need not be the one that is looked at here.
    if (seen.has(plain)) throw new DomainError('file_broken');
    seen.add(plain);
    found.names.push(entry.fileName);
    const name = wanted.find((each) => each.toLowerCase() === plain);
    const kept = await unpack(await archive.openReadStreamPromise(entry), name !== undefined, counts);
    if (kept === null) continue;
    if (name !== undefined) found.texts.set(name, kept.toString('utf8'));
    else await onArchive(kept);
  }
  return found;
}

/** What is kept of a part: all of it where it is wanted or an archive itself, and else nothing. */
async function unpack(part: Readable, isWanted: boolean, counts: Counts): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let [size, head] = [0, Buffer.alloc(0)];
  for await (const piece of part as AsyncIterable<Buffer>) {
    counts.real += piece.length;
    assertWithin(counts);
    size += piece.length;
    if (head.length < SIGNATURE.length) head = Buffer.concat([head, piece.subarray(0, SIGNATURE.length)]);
    const isInner = !isWanted && isArchive(head);
    if (!isWanted && !isInner && head.length >= SIGNATURE.length) continue;
    if (size > (isInner ? ARCHIVE_LIMITS.within : ARCHIVE_LIMITS.text)) throw new DomainError('file_unpacks_too_large');
    pieces.push(piece);
  }
  return isWanted || isArchive(head) ? Buffer.concat(pieces) : null;
}

function assertWithin({ entries, said, real }: Counts): void {
  const { entries: mostEntries, bytes: mostBytes } = ARCHIVE_LIMITS;
  if (entries > mostEntries || said > mostBytes || real > mostBytes) throw new DomainError('file_unpacks_too_large');
}

/** The reader stops as soon as more comes out than the archive says of a part. */
function isSizeFault(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith('too many bytes in the stream');
}
