import { DomainError } from '#lib/errors.ts';
import { isArchive } from './archive.ts';
import { FILE_BYTES, type FileKind } from './file-kinds.ts';
import { officeKind } from './office-file.ts';

const SIGNATURES = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d], // %PDF-
  jpg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const;

/**
 * What a file is by its content; its name has no say in it. Office files are opened to tell which they are, and what is in
 * them (office-file.ts).
 * @throws DomainError file_empty, file_too_large; file_kind_refused for what is none of the kinds; file_has_macros,
 *   file_unpacks_too_large, file_broken of office files
 */
export async function kindOf(bytes: Uint8Array): Promise<FileKind> {
  if (bytes.length === 0) throw new DomainError('file_empty');
  if (bytes.length > FILE_BYTES) throw new DomainError('file_too_large');
  if (isArchive(bytes)) return officeKind(bytes);
  const kind = (['pdf', 'jpg', 'png'] as const).find((each) =>
    SIGNATURES[each].every((byte, index) => bytes[index] === byte),
  );
  if (kind === undefined) throw new DomainError('file_kind_refused');
  return kind;
}
