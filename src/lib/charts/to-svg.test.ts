import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VIEWS } from '#lib/analysis/types.ts';
import type { GapRow, Mark } from './figure.ts';
import { gapChartFile, triptychChartFile } from './chart-file.ts';
import { PAPER } from './paper-theme.ts';
import { breakLines } from './svg-text.ts';
import { element, escapeXml } from './svg.ts';
import { gapRowInPage, gapRowSvg, pageSymbols, roundsPanelSvg, trackSvg } from './to-svg.ts';

const mark = (view: Mark['view'], value: number | null): Mark =>
  value === null ? { view, value, reason: 'view_hidden', text: 'luik dicht' } : { view, value, text: String(value) };

function row(director: number | null, ib: number | null, teacher: number | null): GapRow {
  const marks = [mark('director', director), mark('ib', ib), mark('teacher', teacher)];
  const values = [director, ib, teacher].filter((value) => value !== null);
  return {
    ...{ code: 'C1.01', statement: 'De IB’er <vraagt> "door" & luistert', marks },
    band: values.length < 2 ? null : { from: Math.min(...values), to: Math.max(...values) },
    ...{ class: 'in_agreement', classWord: 'zelfde beeld', reading: 'shared_view', readingWord: 'zelfde beeld' },
  };
}

const box = { width: 400, height: 66, marks: 1, values: 100 };
const names = { director: 'directeur', ib: 'IB’er', teacher: 'leerkrachten' };
const scale = { min: 1, max: 5, labels: ['nooit', 'zelden', 'soms', 'meestal', 'altijd'] } as const;
const letters = (svg: string) => [...svg.matchAll(/>(D|IB|L)<\/text>/g)].map(([, letter]) => letter);
/** The middles of the marks: square (its corner and size), diamond (its top), circle. */
const places = (svg: string) =>
  [...svg.matchAll(/<(rect|path|circle) ([^>]*fill="#[^>]*)stroke="#(?:1c2730|4c565d)"/g)].map(
    ([, shape, rest = '']) => {
      const at = (name: string) => Number(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(rest)?.[1]);
      if (shape === 'circle') return [at('cx'), at('cy')];
      if (shape === 'rect') return [at('x') + at('width') / 2, at('y') + at('height') / 2];
      const [, x, y, reach] = /d="M([\d.]+) ([-\d.]+)l([\d.]+)/.exec(rest) ?? [];
      return [Number(x), Math.round((Number(y) + Number(reach)) * 100) / 100];
    },
  );

describe('a gap row as SVG', () => {
  it('puts value v at 10 + (v − 1) × 20 %, in the lanes director, IB’er, teachers', () => {
    expect(places(gapRowSvg(row(1, 3, 4.7), box, PAPER))).toEqual([
      [30, 11],
      [150, 33],
      [252, 55],
    ]);
  });

  it('tells the views apart by shape and letter, each with an outline in ink', () => {
    const svg = gapRowSvg(row(2, 3, 4), box, PAPER);
    expect(letters(svg)).toEqual(['D', 'IB', 'L']);
    const shapes = [...svg.matchAll(/<(rect|path|circle)[^>]*stroke="#1c2730"/g)].map(([, shape]) => shape);
    expect(shapes).toEqual(['rect', 'path', 'circle']);
  });

  it('has a pale band from the lowest to the highest mark', () => {
    expect(gapRowSvg(row(2, 5, 4), box, PAPER)).toContain(`x="90" y="0" width="180" height="66" fill="${PAPER.band}"`);
    expect(gapRowSvg(row(2, null, null), box, PAPER)).not.toContain('plot-b');
  });

  it('draws no mark for what is withheld: its words stand on a hatch where the value would', () => {
    const svg = gapRowSvg(row(3, 4.5, null), box, PAPER);
    expect(letters(svg)).toEqual(['D', 'IB']);
    expect([...svg.matchAll(/<text x="306[^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual(['3', '4.5', 'luik dicht']);
    expect(svg.match(/<path d="(M[\d. ]+L[\d. ]+)+" stroke="#efebe2"/g)).toHaveLength(1);
    expect(letters(gapRowSvg(row(null, null, null), box, PAPER))).toEqual([]);
  });

  it('inside a page refers to symbols that the page has once, in the same places', () => {
    const svg = gapRowInPage(row(1, null, 4.7), PAPER);
    expect([...svg.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual([
      'gap-grid',
      'mark-director',
      'mark-teacher',
    ]);
    expect(svg).toContain('x="84%" y="83.33%"');
    const marks = ['mark', 'small', 'hollow'].flatMap((kind) => VIEWS.map((view) => `${kind}-${view}`));
    for (const id of ['gap-grid', ...marks]) expect(pageSymbols(PAPER)).toContain(`id="${id}"`);
    expect(`${svg}${pageSymbols(PAPER)}`).not.toContain('style=');
  });
});

describe('the other figures as SVG', () => {
  it('a track fills the own mark, above the hollow others', () => {
    const svg = trackSvg([mark('director', 2), mark('ib', 3), mark('teacher', null)], 'director', box, PAPER);
    expect(places(svg)).toEqual([
      [200, 33],
      [120, 33],
    ]);
    expect(svg.indexOf(PAPER.views.director.fill)).toBeGreaterThan(svg.indexOf('fill="#fff"'));
    expect(svg).not.toContain('circle');
  });

  it('rounds have a line a view, and none for what cannot be compared', () => {
    const lines = [
      { view: 'director' as const, words: 'niet te vergelijken', isClear: false, points: null },
      {
        view: 'ib' as const,
        words: 'hoger',
        isClear: true,
        points: [0, 1].map((round) => ({ round, value: 1 + 4 * round })),
      },
    ];
    const panel = { code: 'C1', title: 'Een', label: '', lines };
    const svg = roundsPanelSvg(panel, { rounds: ['T0', 'T<1>'], scale }, { width: 200, height: 150, marks: 1 }, PAPER);
    expect(svg.match(/<polyline/g)).toHaveLength(1);
    expect(svg).toContain('T&lt;1&gt;');
    const [[, from] = [], [, to] = []] = places(svg);
    // 5 lies on the highest line of the grid, 1 on the lowest.
    const grid = [...svg.matchAll(/<line [^>]*y1="([^"]+)"/g)].map(([, y]) => Number(y));
    expect([from, to]).toEqual([grid[0], grid[4]]);
  });
});

describe('a chart as a file', () => {
  const figure = {
    ...{ name: 'gaps-C1', code: 'C1', title: 'A & B', caption: 'Een <zin>.', scale, notes: [] },
    views: ['director', 'ib', 'teacher'] satisfies Mark['view'][],
    rows: [row(1, 5, null)],
  };

  it('stands by itself: title, sentence, statement, values, words for what is withheld, all escaped', () => {
    const svg = gapChartFile(figure, names, PAPER);
    const text = svg.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    for (const part of ['A &amp; B', 'Een &lt;zin&gt;.', '&lt;vraagt&gt;', '&quot;door&quot;', 'luik dicht']) {
      expect(text).toContain(part);
    }
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="960"/);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('names only the views of its figure', () => {
    expect(gapChartFile(figure, names, PAPER)).toContain(names.teacher);
    expect(gapChartFile({ ...figure, views: ['director', 'ib'] }, names, PAPER)).not.toContain(names.teacher);
  });

  it('of the triptych closes a panel with hatch and words', () => {
    const column = (view: Mark['view'], closed: boolean) => ({ view, label: names[view], count: '1 van 1', closed });
    const triptych = {
      ...{ name: 'triptych', caption: 'Zin.', scale },
      columns: [column('director', false), column('ib', false), column('teacher', true)],
      rows: [{ ...row(4, 3, null), title: 'Een', class: 'in_agreement' as const, notes: [] }],
    };
    const svg = triptychChartFile(triptych, 'In één oogopslag', 'Schaal', PAPER);
    expect(svg).toContain('luik dicht');
    expect(svg.match(/<path d="(M[\d. ]+L[\d. ]+)+" stroke="#efebe2"/g)).toHaveLength(1);
    expect(svg.match(/<svg /g)).toHaveLength(1 + 2); // the file, and the tracks of the two open panels
  });
});

describe('the parts', () => {
  it('texts and attributes are escaped, what XML cannot hold is left out', () => {
    expect(escapeXml('<a href="x">\'&\u0000\uD800</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&lt;/a&gt;');
    expect(element('text', { x: 1 / 3, y: undefined, class: '"' }, 'a')).toBe('<text x="0.33" class="&quot;">a</text>');
  });

  it('lines break between words only', () => {
    expect(breakLines('een twee drie samenwerkingsverband', 8)).toEqual(['een twee', 'drie', 'samenwerkingsverband']);
  });

  it('paper has the light tokens of the stylesheet', () => {
    const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
    const light = css.slice(0, css.indexOf('prefers-color-scheme: dark'));
    const token = (name: string) => new RegExp(`--${name}: ([^;]+);`).exec(light)?.[1];
    for (const view of ['director', 'ib', 'teacher'] as const) {
      const { fill, line, letter } = PAPER.views[view];
      expect([fill, line, letter, PAPER.panels[view]]).toEqual(
        [view, `${view}-line`, `on-${view}`, `${view}-wash`].map(token),
      );
    }
    expect([PAPER.ink, PAPER.outline, PAPER.text, PAPER.grid, PAPER.band, PAPER.sheet]).toEqual(
      ['ink', 'ink', 'ink-2', 'line', 'wash', 'sheet'].map(token),
    );
    const looks = {
      check_meaning: 'meaning',
      not_observed: 'unseen',
      seen_differently: 'differ',
      shared_view: 'shared',
    };
    for (const [reading, name] of Object.entries(looks)) {
      const { fill, text } = PAPER.readings[reading as keyof typeof looks];
      expect([fill, text]).toEqual([token(name), token(`on-${name}`)]);
    }
  });
});
