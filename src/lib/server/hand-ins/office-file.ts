import { DomainError } from '#lib/errors.ts';
import type { FileKind } from './file-kinds.ts';
import { readArchive, type Found } from './archive.ts';

/** Word and PowerPoint say in this part what every part is. */
const OOXML_PARTS = '[Content_Types].xml';
/** OpenDocument says here what it is as a whole. */
const ODF_TYPE = 'mimetype';

const MAIN_PARTS = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
} as const;
const ODF_TYPES = {
  odt: 'application/vnd.oasis.opendocument.text',
  odp: 'application/vnd.oasis.opendocument.presentation',
} as const;

/** Types of parts that run something: macros, and controls that are programs. */
const PROGRAMS = /macroenabled|vbaproject|activex|ms-word\.vbadata/i;
/** Folders in which OpenDocument keeps macros. */
const SCRIPTS = /^(basic|scripts)\//i;
/** Ways of writing a type so that it is not read here: character references, entities, another encoding. No program writes one so. */
const DISGUISES = /&#|<!(?:doctype|entity)|\0|encoding\s*=\s*["'](?!utf-8["'])/i;

/**
 * Which office file an archive is. The whole of it is unpacked once, into nothing: sizes that an archive gives for itself are
 * checked against what really comes out.
 * @throws DomainError file_kind_refused for any other archive; file_has_macros, also of a document within the document;
 *   file_unpacks_too_large (archive.ts); file_broken
 */
export async function officeKind(bytes: Uint8Array): Promise<FileKind> {
  const { parts, within } = await readArchive(bytes, [OOXML_PARTS, ODF_TYPE]);
  for (const each of [parts, ...within]) if (hasMacros(each)) throw new DomainError('file_has_macros');
  const kinds = [ooxmlKind(parts), odfKind(parts)].filter((kind) => kind !== null);
  const [kind] = kinds;
  // One that is both is opened as either, and was looked at as neither.
  if (kind === undefined || kinds.length > 1) throw new DomainError('file_kind_refused');
  return kind;
}

function ooxmlKind({ texts }: Found): FileKind | null {
  const types = texts.get(OOXML_PARTS);
  if (types === undefined) return null;
  return (['docx', 'pptx'] as const).find((kind) => types.includes(`"${MAIN_PARTS[kind]}"`)) ?? null;
}

function odfKind({ texts }: Found): FileKind | null {
  const type = texts.get(ODF_TYPE)?.trim();
  return (['odt', 'odp'] as const).find((kind) => ODF_TYPES[kind] === type) ?? null;
}

function hasMacros({ names, texts }: Found): boolean {
  const types = texts.get(OOXML_PARTS) ?? '';
  return PROGRAMS.test(types) || DISGUISES.test(types) || names.some((name) => SCRIPTS.test(name));
}
