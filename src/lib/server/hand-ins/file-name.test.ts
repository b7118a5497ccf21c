import { describe, expect, it } from 'vitest';
import { downloadName, shownName } from './file-name.ts';

describe('the name of a file', () => {
  it.each([
    ['Mijn verslag.docx', 'Mijn verslag.docx'],
    ['verslag.pdf.exe', 'verslag.pdf.docx'],
    ['../../etc/passwd', 'passwd.docx'],
    ['C:\\Users\\Ria\\werk.doc', 'werk.docx'],
    ['..', 'opdracht.docx'],
    ['.htaccess', 'htaccess.docx'],
    ['a\u202Etxt.exe', 'atxt.docx'],
    ['a\r\nSet-Cookie: b=c.docx', 'aSet-Cookie- b=c.docx'],
    ['', 'opdracht.docx'],
    ['<b>"vet"</b>.docx', 'b.docx'],
  ])('%j is shown as %s: without folders and hidden signs, its ending by its content', (given, shown) => {
    expect(shownName(given, 'docx')).toBe(shown);
  });

  it('is no longer than can be read', () => {
    expect(shownName(`${'é'.repeat(300)}.pdf`, 'pdf')).toBe(`${'é'.repeat(80)}.pdf`);
  });

  it.each([
    ['dashes between letters', `a${'-'.repeat(100_000)}b.pdf`, 'a.pdf'],
    ['dashes only', '-'.repeat(100_000), 'opdracht.pdf'],
    ['folders', `${'map/'.repeat(100_000)}verslag.pdf`, 'verslag.pdf'],
  ])('of %s takes no time, however long it is', (_, given, shown) => {
    const start = performance.now();
    expect(shownName(given, 'pdf')).toBe(shown);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('is downloaded in plain letters', () => {
    expect(downloadName('Mijn verslág (1).docx', 'docx')).toBe('mijn-verslag-1.docx');
    expect(downloadName('名前.pdf', 'pdf')).toBe('opdracht.pdf');
  });
});
