import { describe, expect, it } from 'vitest';
import { readUpload } from './team-upload.ts';

describe('an uploaded list', () => {
  it('in UTF-8 is what it says, without its byte order mark', () => {
    const bytes = new TextEncoder().encode('\ufeffnaam\nZoë');
    expect(readUpload(bytes)).toEqual({ input: bytes, text: 'naam\nZoë', isGuessed: false });
  });

  it('as Excel on Windows saves "CSV" is read, and said to be a guess', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('naam\nZo'), 0xeb, 0x20, 0x80, 0x92]);
    const text = 'naam\nZoë €’';
    expect(readUpload(bytes)).toEqual({ input: text, text, isGuessed: true });
  });

  it('that is no text, or too large, is left to be refused', () => {
    for (const bytes of [
      Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]),
      Uint8Array.from([0xff, 0x81, 0x41]),
      new Uint8Array(1024 * 1024 + 1).fill(0x41),
    ]) {
      expect(readUpload(bytes)).toEqual({ input: bytes, text: null, isGuessed: false });
    }
  });
});
