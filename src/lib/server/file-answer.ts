import { FILE_KINDS } from './hand-ins/file-kinds.ts';
import { downloadName } from './hand-ins/file-name.ts';
import type { StoredFile } from './hand-ins/service.ts';

/**
 * A file that somebody handed in, to be kept and not to be shown: its type is what its content was found to be, its name ours,
 * and where a browser opens it all the same nothing in it may run, load or act.
 */
export function asAttachment({ name, kind, bytes }: StoredFile): Response {
  return new Response(bytes, {
    headers: {
      'content-type': FILE_KINDS[kind],
      'content-disposition': `attachment; filename="${downloadName(name, kind)}"`,
      'content-length': String(bytes.length),
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
