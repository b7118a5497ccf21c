import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Competency, Instrument } from '#lib/instrument/schema.ts';

/** Two pages that ask what a page of the rating form asks, on a server of their own. */
export type Peers = { static: string; surveyjs: string; close: () => Promise<void> };

type Item = { code: string; text: string };
type Choice = { value: string; text: string };
type Questions = { title: string; items: Item[]; choices: Choice[] };
type Stored = { type: string; br: Buffer; gzip: Buffer };

/**
 * SurveyJS as its guide for plain pages links it, in its default theme. Its style sheet comes without the fonts, since
 * the other one asks Google's server for them.
 */
const SURVEYJS = {
  '/survey-core.css': 'node_modules/survey-core/survey-core.fontless.min.css',
  '/survey.core.js': 'node_modules/survey-core/survey.core.min.js',
  '/survey-js-ui.js': 'node_modules/survey-js-ui/survey-js-ui.min.js',
};

/**
 * Serves the peers of one competency. What they send is compressed once, as tightly as it goes and with the same
 * encodings as Drieluik's, so that neither their size nor their server's work can flatter the form.
 */
export async function servePeers(instrument: Instrument, competency: Competency): Promise<Peers> {
  const questions = questionsOf(instrument, competency);
  const files = new Map([
    ['/static', stored('text/html', staticPage(questions))],
    ['/surveyjs', stored('text/html', surveyPage(questions))],
    ...Object.entries(SURVEYJS).map(([path, file]): [string, Stored] => [
      path,
      stored(file.endsWith('.css') ? 'text/css' : 'text/javascript', readFileSync(file, 'utf8')),
    ]),
  ]);
  const server = createServer((request, response) => send(files.get(request.url ?? ''), request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    static: `http://localhost:${port}/static`,
    surveyjs: `http://localhost:${port}/surveyjs`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function questionsOf({ scale }: Instrument, competency: Competency): Questions {
  return {
    title: competency.title.nl,
    items: aspectsOf(competency).map(({ code, other }) => ({ code, text: other.nl })),
    choices: [
      ...scale.labels.map(({ value, nl }) => ({ value: String(value), text: nl })),
      { value: 'C', text: scale.cannotJudge.nl },
    ],
  };
}

/** The floor: what HTML alone can do, without styles or scripts. */
function staticPage({ title, items, choices }: Questions): string {
  const fieldsets = items.map(({ code, text }) => {
    const labels = choices.map(
      (choice) =>
        `<label><input type="radio" name="${code}" value="${choice.value}"> ${escapeHtml(choice.text)}</label>`,
    );
    return `<fieldset><legend>${escapeHtml(text)}</legend>${labels.join('')}</fieldset>`;
  });
  const body = `<form method="post"><h1>${escapeHtml(title)}</h1>${fieldsets.join('\n')}<button>Verder</button></form>`;
  return html(title, '', body);
}

function surveyPage({ title, items, choices }: Questions): string {
  const survey = {
    title,
    completeText: 'Verder',
    elements: items.map(({ code, text }) => ({
      type: 'radiogroup',
      name: code,
      title: text,
      choices,
    })),
  };
  const scripts = Object.keys(SURVEYJS)
    .filter((path) => path.endsWith('.js'))
    .map((path) => `<script src="${path}"></script>`);
  const start = `<script>
const survey = new Survey.Model(${JSON.stringify(survey).replaceAll('<', '\\u003c')});
document.addEventListener('DOMContentLoaded', () => survey.render(document.getElementById('survey')));
</script>`;
  const head = ['<link rel="stylesheet" href="/survey-core.css">', ...scripts, start].join('\n');
  return html(title, head, '<div id="survey"></div>');
}

function html(title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function stored(type: string, text: string): Stored {
  return { type: `${type}; charset=utf-8`, br: brotliCompressSync(text), gzip: gzipSync(text, { level: 9 }) };
}

function send(file: Stored | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  const encoding = /\bbr\b/.test(String(request.headers['accept-encoding'])) ? 'br' : 'gzip';
  const body = file[encoding];
  response
    .writeHead(200, { 'content-type': file.type, 'content-encoding': encoding, 'content-length': body.length })
    .end(body);
}
