import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS } from '#lib/server/hand-ins/archive.ts';
import { kindOf } from '#lib/server/hand-ins/file-check.ts';
import { FILE_BYTES } from '#lib/server/hand-ins/file-kinds.ts';
import { CONTENT_TYPES, docx, EXE, JPG, openDocument, PDF, PNG, pptx } from '../support/hand-in-files.ts';

const MB = 1024 * 1024;
const refused = (bytes: Uint8Array, code: string) => expect(kindOf(bytes)).rejects.toMatchObject({ code });
/** Nothing at all, that packs a thousand times smaller. */
const nothing = (megabytes: number) => new Uint8Array(megabytes * MB);
const more = (parts: Record<string, Uint8Array>) => docx({ more: parts });
const inner = (parts: Record<string, Uint8Array>) => zipSync(parts, { level: 6 });

/** A document with another in it, whose types are given. */
const within = (ending: string, types: Uint8Array) =>
  more({ [`word/embeddings/x.${ending}`]: inner({ [CONTENT_TYPES]: types }) });

describe('a file is what its content says', () => {
  it.each([
    ['pdf', PDF],
    ['png', PNG],
    ['jpg', JPG],
    ['docx', docx()],
    ['pptx', pptx()],
    ['odt', openDocument('text')],
    ['odp', openDocument('presentation')],
    // A chart of a document has its sheet within it.
    ['docx', more({ 'word/embeddings/sheet.xlsx': inner({ [CONTENT_TYPES]: strToU8('<Types/>') }) })],
  ])('%s', async (kind, bytes) => {
    expect(await kindOf(bytes)).toBe(kind);
  });

  it.each([
    ['a program', EXE],
    ['a page', strToU8('<!doctype html><script>alert(1)</script>')],
    ['a drawing with scripts', strToU8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a PDF that begins as something else', strToU8('MZ %PDF-1.7')],
    ['an archive of anything', zipSync({ 'a.txt': strToU8('a') })],
    ['a sheet', openDocument('spreadsheet')],
    ['a document of two kinds at once', more({ mimetype: strToU8('application/vnd.oasis.opendocument.text') })],
  ])('%s is refused', async (_, bytes) => {
    await refused(bytes, 'file_kind_refused');
  });

  it('of nothing, or of one byte more than 10 MB, is refused', async () => {
    await refused(new Uint8Array(), 'file_empty');
    const whole = new Uint8Array(FILE_BYTES);
    whole.set(PDF);
    expect(await kindOf(whole)).toBe('pdf');
    const larger = new Uint8Array(FILE_BYTES + 1);
    larger.set(PDF);
    await refused(larger, 'file_too_large');
  });
});

describe('what runs something is refused', () => {
  it.each([
    ['macros of Word', docx({ types: ['application/vnd.ms-word.document.macroEnabled.main+xml'] })],
    ['a project of macros', docx({ types: ['application/vnd.ms-office.vbaProject'] })],
    ['a control', docx({ types: ['application/vnd.ms-office.activeX+xml'] })],
    ['a type in disguise', docx({ types: ['application/vnd.ms-office.vba&#80;roject'] })],
    ['a type in another encoding', within('xlsm', Buffer.from('<Override ContentType="x.macroEnabled"/>', 'utf16le'))],
    ['a type that says one', within('xlsm', strToU8('<?xml version="1.0" encoding="utf-7"?><Types/>'))],
    ['an entity', within('xlsm', strToU8('<!DOCTYPE a [<!ENTITY b "macroEn">]><Override ContentType="&b;abled"/>'))],
    [
      'types under a name in another case',
      more({ 'a.xlsm': inner({ '[content_types].XML': strToU8('<Override ContentType="x.macroEnabled"/>') }) }),
    ],
    ['macros of LibreOffice', openDocument('text', { 'Basic/Standard/Module1.xml': strToU8('<m/>') })],
    [
      'macros in a sheet within the document',
      more({
        'word/embeddings/x.xlsm': inner({ [CONTENT_TYPES]: strToU8('<Override ContentType="x.macroEnabled"/>') }),
      }),
    ],
  ])('%s', async (_, bytes) => {
    await refused(bytes, 'file_has_macros');
  });
});

/** The same archive, of which one part says that it unpacks to so many bytes. */
function saying(bytes: Uint8Array, part: string, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at < bytes.length - 46; at += 1) {
    const name = bytes.subarray(at + 46, at + 46 + part.length);
    // An entry of the central directory begins with PK 1 2.
    if (view.getUint32(at) === 0x504b0102 && strFromU8(name) === part) view.setUint32(at + 24, size, true);
  }
  return bytes;
}

describe('an archive that unpacks to far more than it should is refused', () => {
  const { bytes: most, entries } = ARCHIVE_LIMITS;

  it('by what it says of its size', async () => {
    await refused(saying(more({ 'a.bin': nothing(1) }), 'a.bin', most + 1), 'file_unpacks_too_large');
  });

  it('by what all its parts say together, those of archives within it too', async () => {
    const two = more({ 'a.bin': nothing(1), 'b.bin': nothing(1) });
    const half = most / 2 + 1;
    await refused(saying(saying(two, 'a.bin', half), 'b.bin', half), 'file_unpacks_too_large');
    const within = saying(inner({ 'b.bin': nothing(1) }), 'b.bin', most);
    await refused(more({ 'within.zip': within }), 'file_unpacks_too_large');
  });

  it('where more comes out than it says', async () => {
    await refused(saying(more({ 'a.bin': nothing(2) }), 'a.bin', 1), 'file_unpacks_too_large');
  });

  it('with archives in archives in archives, or too many parts', async () => {
    const deep = inner({ 'b.zip': inner({ 'c.txt': strToU8('c') }) });
    await refused(more({ 'a.zip': deep }), 'file_unpacks_too_large');
    const parts = Array.from({ length: entries }, (_, nth) => [`${nth}`, new Uint8Array()] as const);
    await refused(more({ 'many.zip': zipSync(Object.fromEntries(parts), { level: 0 }) }), 'file_unpacks_too_large');
  });
});

describe('an archive that cannot be read is refused', () => {
  it.each([
    ['cut off', docx().subarray(0, 60)],
    ['with two parts of one name', more({ '[content_types].xml': strToU8('<Types/>') })],
    ['with a path that leads out of it', more({ '../../etc/passwd': strToU8('x') })],
    ['of signs that say it is one', Uint8Array.from([0x50, 0x4b, 3, 4, ...Array(100).fill(7)])],
  ])('%s', async (_, bytes) => {
    await refused(bytes, 'file_broken');
  });
});
