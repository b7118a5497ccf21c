import { expect, it } from 'vitest';
import { toHtml, toText, type Letter } from './letter.ts';

const saying = (...words: string[]): Letter => ({
  ...{ language: 'nl', subject: '', foot: [], replyTo: null },
  parts: [
    { kind: 'text', text: words[0] ?? '' },
    { kind: 'points', heading: '', points: words.slice(1) },
  ],
});

it.each(['vrijdag\u00A011-12-2026', 'Friday\u00A011/12/2026', '26-11-2026 14:05', '26-11-2026'])(
  'the day %s stays on one line of the HTML, and is as it was in the plain text',
  (day) => {
    const letter = saying(`Tot en met ${day}.`, `Op ${day}, <misschien>`);
    expect(toHtml(letter)).toContain(`Tot en met <span style="white-space:nowrap">${day}</span>.`);
    expect(toHtml(letter)).toContain(`Op <span style="white-space:nowrap">${day}</span>, &lt;misschien&gt;`);
    expect(toText(letter)).toContain(`Tot en met ${day}.`);
  },
);

it('only days are kept together: other numbers and addresses may be cut', () => {
  const html = toHtml(saying('Bel 06-12-34567890 of kijk op https://school.example/01-12-20261/x', 'T0-2026'));
  expect(html).not.toContain('nowrap');
});
