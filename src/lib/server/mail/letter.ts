import type { Locale } from '#lib/text/numbers.ts';

/** One piece of a mail; both forms of the mail are made of the same pieces, so that they say the same. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'points'; heading: string; points: readonly string[] }
  /** A link as a button; `note` says what it opens where a mail has several. */
  | { kind: 'link'; label: string; url: string; heading?: string; note?: string }
  /** Who signs it. */
  | { kind: 'closing'; lines: readonly string[] };

export type Letter = {
  language: Locale;
  subject: string;
  parts: readonly Part[];
  /** What stands small below: whom the mail is from, and what it does not do. */
  foot: readonly string[];
  /** Where an answer goes; null: to the sender's address, which nobody may read. */
  replyTo: { name: string; email: string } | null;
};

/** The mail as plain text: one paragraph a part, links bare. */
export function toText({ parts, foot }: Letter): string {
  return `${[...parts.map(partText), ['--', ...foot].join('\n')].join('\n\n')}\n`;
}

function partText(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'closing':
      return part.lines.join('\n');
    case 'points':
      return [part.heading, ...part.points.map((point) => `- ${point}`)].join('\n');
    case 'link':
      return [part.heading, part.note, `${part.label}:`, part.url].filter((line) => line !== undefined).join('\n');
  }
}

/**
 * The mail as HTML: words and links, nothing that is fetched and nothing that tells that it was read. Styles stand at the
 * elements, since many programs read no style sheet; the sheet is for dark screens.
 */
export function toHtml({ language, subject, parts, foot }: Letter): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  body, .paper { background: #12181c !important; color: #edeae3 !important; }
  .sheet { background: #1b2328 !important; border-color: #36424a !important; }
  .soft, .soft a { color: #b7bec2 !important; }
  .button { background: #edeae3 !important; color: #12181c !important; }
  .line { border-color: #36424a !important; }
}
</style>
</head>
<body class="paper" style="${BODY}">
<div class="paper" style="padding:24px 12px">
<div class="sheet" style="${SHEET}">
${parts.map(partHtml).join('\n')}
<div class="line soft" style="${FOOT}">
${foot.map((line) => `<p style="margin:0 0 6px">${escaped(line)}</p>`).join('\n')}
</div>
</div>
</div>
</body>
</html>
`;
}

const BODY =
  "margin:0;background:#f7f5f0;color:#1c2730;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;" +
  'font-size:17px;line-height:1.55';
const SHEET =
  'max-width:560px;margin:0 auto;padding:28px 24px;background:#ffffff;border:1px solid #dad3c5;overflow-wrap:anywhere';
const FOOT = 'margin-top:28px;padding-top:16px;border-top:1px solid #dad3c5;font-size:14px;color:#4c565d';
const PARAGRAPH = 'margin:0 0 16px';
const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#1c2730;color:#ffffff;font-weight:600;' +
  'text-decoration:none';

function partHtml(part: Part): string {
  switch (part.kind) {
    case 'text':
      return `<p style="${PARAGRAPH}">${wordsHtml(part.text)}</p>`;
    case 'closing':
      return `<p style="${PARAGRAPH}">${part.lines.map(escaped).join('<br>')}</p>`;
    case 'points':
      return [
        `<p style="margin:0 0 4px"><strong>${escaped(part.heading)}</strong></p>`,
        '<ul style="margin:0 0 16px;padding-left:22px">',
        ...part.points.map((point) => `<li style="margin:0 0 4px">${wordsHtml(point)}</li>`),
        '</ul>',
      ].join('\n');
    case 'link':
      return linkHtml(part);
  }
}

/** The bare address stands below the button: somebody may want to see where it leads, or have to copy it. */
function linkHtml({ label, url, heading, note }: Extract<Part, { kind: 'link' }>): string {
  const address = escaped(url);
  const head = heading === undefined ? [] : [`<p style="margin:0"><strong>${escaped(heading)}</strong></p>`];
  const body = note === undefined ? [] : [`<p style="margin:0 0 8px">${escaped(note)}</p>`];
  return [
    '<div style="margin:20px 0 24px">',
    ...head,
    ...body,
    `<p style="margin:0 0 8px"><a class="button" href="${address}" style="${BUTTON}">${escaped(label)}</a></p>`,
    `<p class="soft" style="margin:0;font-size:14px;color:#4c565d">${address}</p>`,
    '</div>',
  ].join('\n');
}

/** A day, with its weekday before or its time behind it. */
const DAYS = /(?:\p{L}+\u00A0)?\b\d{2}[-/]\d{2}[-/]\d{4}\b(?: \d{2}:\d{2}\b)?/gu;

/** Words in which no day is cut at its hyphens, at the end of a line. */
function wordsHtml(words: string): string {
  return escaped(words).replace(DAYS, (day) => `<span style="white-space:nowrap">${day}</span>`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
