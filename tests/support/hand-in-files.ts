import { strToU8, zipSync, type Zippable } from 'fflate';

/** Files for handing in: small ones that are what they say, and what somebody hostile would send. */

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
export const CONTENT_TYPES = '[Content_Types].xml';

const typesOf = (...types: string[]) => {
  const overrides = types.map((type, index) => `<Override PartName="/part${index}.xml" ContentType="${type}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?><Types>${overrides.join('')}</Types>`;
};

/** A document of Word with more parts, or other types of parts. */
export function docx({ types = [`${WORD}.document.main+xml`], more = {} }: { types?: string[]; more?: Zippable } = {}) {
  return zipSync({
    [CONTENT_TYPES]: strToU8(typesOf(...types)),
    'word/document.xml': strToU8('<w:document/>'),
    ...more,
  });
}

export function pptx(): Uint8Array {
  const main = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml';
  return zipSync({ [CONTENT_TYPES]: strToU8(typesOf(main)) });
}

/** A document of LibreOffice: a text, or a presentation. */
export function openDocument(what: 'text' | 'presentation' | 'spreadsheet', more: Zippable = {}): Uint8Array {
  const type = strToU8(`application/vnd.oasis.opendocument.${what}`);
  return zipSync({ mimetype: [type, { level: 0 }], 'content.xml': strToU8('<office/>'), ...more });
}

export const PDF = strToU8('%PDF-1.7\n%%EOF');
export const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
export const JPG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
/** A program of Windows. */
export const EXE = strToU8('MZ\u0090\u0000This program cannot be run in DOS mode');
