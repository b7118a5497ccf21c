import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';

/** The texts of a PDF a page, with single spaces. */
export async function pdfPages(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: false });
  return text.map((page) => page.replace(/\s+/g, ' '));
}

/** What a PDF says of itself. */
export async function pdfFacts(
  bytes: Uint8Array,
): Promise<{ title: unknown; author: unknown; language: unknown; fonts: boolean }> {
  const document = await getDocumentProxy(bytes.slice());
  const { info } = await document.getMetadata();
  const { Title: title, Author: author, Language: language } = { Title: null, Author: null, Language: null, ...info };
  return { title, author, language, fonts: latin1(bytes).includes('/FontFile2') };
}

/** What a PDF draws: every packed stream, unpacked. Its last byte may look like the first half of a line's end. */
export function pdfStreams(bytes: Uint8Array): string {
  const parts = latin1(bytes).matchAll(/FlateDecode[^>]*>>\s*stream\r?\n([\s\S]*?)\nendstream/g);
  return [...parts].map(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')).join('\n');
}

/** Every file of an XLSX as text. */
export function unzipped(bytes: Uint8Array): string {
  return Object.values(unzipSync(bytes))
    .map((file) => strFromU8(file))
    .join('\n');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
