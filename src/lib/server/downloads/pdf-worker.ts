import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import pdfmake from 'pdfmake';
import type { CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { FONT, HATCH, PAGE, SIZE } from './pdf-spec.ts';
import type { PdfSpec, TableStyle, WorkerTask } from './pdf-spec.ts';

/** The thread of write-pdf.ts: for each document or drawing that it gets it posts the bytes of the file. A fault ends it. */

const fontPath = createRequire(import.meta.url).resolve;
const family = '@expo-google-fonts/atkinson-hyperlegible-next';
const fonts = {
  normal: fontPath(`${family}/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf`),
  bold: fontPath(`${family}/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf`),
};

const NONE: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
};
const LAYOUTS: Record<TableStyle, CustomTableLayout> = {
  plain: NONE,
  // Panels keep apart by white lines; rows by lines in the panels' own ground.
  panels: {
    ...NONE,
    vLineWidth: (index) => (index === 0 ? 0 : 6),
    vLineColor: () => PAPER.sheet,
    hLineWidth: (index) => (index === 0 ? 0 : 0.5),
    hLineColor: () => PAPER.grid,
    paddingLeft: (index) => (index === 0 ? 0 : 4),
    paddingRight: () => 4,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  },
  lines: {
    ...NONE,
    hLineWidth: (index, { table }) =>
      index === 0 || index === table.body.length ? 0 : index === table.headerRows ? 1 : 0.5,
    hLineColor: (index, { table }) => (index === table.headerRows ? PAPER.ink : PAPER.grid),
    paddingRight: () => 4,
    paddingTop: () => 0.6,
    paddingBottom: () => 0.6,
  },
  // Items with a line between them.
  listed: {
    ...NONE,
    hLineWidth: (index, { table }) => (index === 0 || index === table.body.length ? 0 : 0.5),
    hLineColor: () => PAPER.grid,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
  // A column of ink before the text.
  bar: {
    ...NONE,
    vLineWidth: (index) => (index === 0 ? 3 : 0),
    vLineColor: () => PAPER.ink,
    paddingLeft: () => 8,
    paddingRight: () => 8,
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
  card: { ...NONE, paddingLeft: () => 8, paddingRight: () => 8, paddingTop: () => 6, paddingBottom: () => 6 },
};

function definition({ title, language, content, foot }: PdfSpec): TDocumentDefinitions {
  const small = { fontSize: SIZE.fine, color: PAPER.text };
  const [left, , right] = PAGE.margins;
  return {
    version: '1.7',
    pageSize: 'A4',
    pageMargins: [...PAGE.margins],
    language,
    displayTitle: true,
    info: { title, creator: 'Drieluik', producer: 'Drieluik' },
    defaultStyle: { font: FONT, fontSize: SIZE.text, lineHeight: 1.15, color: PAPER.ink },
    patterns: {
      [HATCH]: {
        boundingBox: [0, 0, 6, 6],
        xStep: 6,
        yStep: 6,
        pattern: '2.4 w -1 -1 m 7 7 l S -1 5 m 1 7 l S 5 -1 m 7 1 l S',
      },
    },
    content,
    footer: (page, pages) => ({
      margin: [left, 12, right, 0],
      columns: [
        { text: foot.left, ...small },
        {
          text: foot.page.replace('{page}', `${page}`).replace('{pages}', `${pages}`),
          width: 'auto',
          ...small,
        },
      ],
    }),
  };
}

pdfmake.setFonts({ [FONT]: fonts });
pdfmake.setTableLayouts(LAYOUTS);
// A document holds all that it needs: nothing is fetched, and no file is read but the fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(fonts).includes(path));

parentPort?.on('message', (task: WorkerTask) => void write(task));

async function write(task: WorkerTask): Promise<void> {
  parentPort?.postMessage(
    'svg' in task ? await picture(task.svg) : await pdfmake.createPdf(definition(task)).getBuffer(),
  );
}

/** So many dots for each px of the drawing. */
const SHARPNESS = 2;

let drawing: Promise<void> | undefined;

/** A drawing as PNG, with the product's own letters: nothing of the machine is looked for. */
async function picture(svg: string): Promise<Uint8Array> {
  await (drawing ??= initWasm(readFileSync(fontPath('@resvg/resvg-wasm/index_bg.wasm'))));
  const font = { fontBuffers: [readFileSync(fonts.normal), readFileSync(fonts.bold)], defaultFontFamily: FONT };
  const drawn = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: SHARPNESS } });
  try {
    return drawn.render().asPng();
  } finally {
    drawn.free();
  }
}
