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

  it('is downloaded in plain letters', () => {
    expect(downloadName('Mijn verslág (1).docx', 'docx')).toBe('mijn-verslag-1.docx');
    expect(downloadName('名前.pdf', 'pdf')).toBe('opdracht.pdf');
  });
});
