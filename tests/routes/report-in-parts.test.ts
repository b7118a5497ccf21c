import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { render } from 'svelte/server';
import { EVERYTHING } from '#lib/components/report/choice.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { PageValue } from '#lib/page/page-value.ts';
import { overwriteKeep, type PutOff } from '#lib/page/put-off.ts';
import { toParts } from '#lib/page/to-parts.ts';
import { wholeOf } from '#lib/server/in-turns.ts';
import Page from '../../src/routes/(school)/reports/[schoolRound]/+page.svelte';
import { load } from '../../src/routes/(school)/reports/[schoolRound]/+page.server.ts';
import { openTestApp } from '../support/database.ts';
import { closedRound, visit } from '../support/school-reports.ts';

const varied = (offset: number) => (code: string) => 1 + ((Number(code.slice(3)) + offset) % 5);

let report: ReportPage;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openTestApp();
  const { app } = opened;
  close = opened.close;
  const teachers = [varied(2), varied(2), varied(3)];
  const round = await closedRound(app.db, { director: varied(0), ib: varied(1), teachers });
  const loaded = await visit(load, app, round.ib, { schoolRound: round.schoolRoundId });
  report = (loaded as { report: PageValue<ReportPage> }).report.value;
});
afterAll(() => close());
afterEach(() => overwriteKeep(null));

/** The framework's script of a page that reads such a value. */
const LAST = `<script>app.decode('PageValue', {text:null})</script>`;

const htmlOf = (value: PageValue<ReportPage>) => {
  const data = { title: 'Rapport', report: value, userName: null, choice: EVERYTHING };
  return render(Page, { props: { data, params: { schoolRound: report.id } } as never }).body;
};

describe('a report that is sent in parts', () => {
  it('is, put together, what it would have been at once: a browser finds its place in it', async () => {
    const whole = htmlOf(PageValue.of(report));
    const putOff: PutOff[] = [];
    overwriteKeep((what) => putOff.push(what) - 1);
    const value = PageValue.apart(async () => report);
    const begin = htmlOf(value);
    expect(begin.length).toBeLessThan(100);
    const parts = toParts(begin + LAST, {
      putOff,
      value,
      scripts: ['../a.js', '../b.js'],
      isBare: false,
    });
    const html = await wholeOf(parts);
    expect(putOff).toHaveLength(2);
    expect(html.startsWith(whole)).toBe(true);
    const [, after = ''] = html.split(whole);
    expect(after.startsWith(value.toElement())).toBe(true);
    expect(after.endsWith(`</script>${LAST}`)).toBe(true);
    expect(after).toMatch(/<script data-files="\.\.\/a\.js \.\.\/b\.js">[^<]*<\/script><script>app/);
  });

  it('shows its first screen before the rest is made', async () => {
    const putOff: PutOff[] = [];
    overwriteKeep((what) => putOff.push(what) - 1);
    const value = PageValue.apart(async () => report);
    const [, opening] = toParts(htmlOf(value), { putOff, value, scripts: [], isBare: false });
    if (typeof opening !== 'function') throw new Error('nothing was put off');
    const [first] = await opening();
    expect(first).toContain('id="glance"');
    expect(first).toContain('data-figure="triptych"');
    expect(first).not.toContain('id="aspects"');
  });

  it('has a value that was made before it at once', async () => {
    const value = PageValue.apart(async () => report);
    await value.made();
    const parts = toParts(`<h1>Rapport</h1>${LAST}`, { putOff: [], value, scripts: [], isBare: false });
    expect(parts).toEqual(['<h1>Rapport</h1>', value.toElement(), LAST]);
  });

  it('leaves its value out of the page of an error that took its place', async () => {
    const value = PageValue.apart(async () => report);
    const parts = toParts('<h1>Mis</h1><script>last</script>', { putOff: [], value, scripts: [], isBare: false });
    expect(await wholeOf(parts)).toBe('<h1>Mis</h1><script>last</script>');
  });
});
