import { describe, expect, it } from 'vitest';
import { toPage } from '#lib/report-page/to-page.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { pdfPages } from '../support/read-files.ts';
import { listOf, reportOfList } from '../support/report-of-list.ts';
import type { Size } from '../support/report-of-list.ts';
import { reportDocument, summaryDocument } from '#lib/server/downloads/pdf-documents.ts';
import { writePdf } from '#lib/server/downloads/write-pdf.ts';

const pageOf = (size: Size) => toPage(reportOfList(size), 'nl');
const report = async (size: Size) => pdfPages(await writePdf(reportDocument(pageOf(size), 'nl')));
const summary = async (size: Size) => pdfPages(await writePdf(summaryDocument(pageOf(size), 'nl')));

describe('a report on paper', { timeout: 120_000 }, () => {
  it('of the shipped list has at most eight pages, with three earlier rounds and twenty remarks', async () => {
    expect((await report({ list: shippedInstrument(), earlier: 3, remarks: 20 })).length).toBeLessThanOrEqual(8);
  });

  it('of six aspects is short, without remarks and earlier rounds', async () => {
    const pages = await report({ list: listOf(2, 3, 60) });
    expect(pages.length).toBeLessThanOrEqual(4);
    expect(pages.join(' ')).toContain('Er zijn geen opmerkingen om te laten zien.');
    expect(pages.join(' ')).not.toContain('Wat is er veranderd');
  });

  it('of 300 aspects with statements of 200 letters has every aspect, each once in its chart', async () => {
    const pages = await report({ list: listOf(6, 50, 200), earlier: 1 });
    const text = pages.join(' ');
    for (let competency = 0; competency < 6; competency += 1) {
      for (let aspect = 0; aspect < 50; aspect += 1) expect(text).toContain(`K${competency}.${aspect} De IB’er`);
    }
    expect(text).toContain(`pagina ${pages.length} van ${pages.length}`);
  });

  it('begins with a summary that is one page by itself', async () => {
    expect(await summary({ list: shippedInstrument() })).toHaveLength(1);
    expect(await summary({ list: listOf(6, 50, 200) })).toHaveLength(1);
  });

  it('a document that cannot be written fails alone', async () => {
    const broken = { ...summaryDocument(pageOf({ list: listOf(1, 1, 20) }), 'nl'), content: [{ svg: 'no drawing' }] };
    await expect(writePdf(broken)).rejects.toThrow();
    expect(await summary({ list: listOf(1, 1, 20) })).toHaveLength(1);
  });
});
