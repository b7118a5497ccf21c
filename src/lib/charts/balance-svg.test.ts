import { describe, expect, it } from 'vitest';
import type { BalanceRow } from './balance-figure.ts';
import { balanceRowSvg } from './balance-svg.ts';
import { PAPER } from './paper-theme.ts';

const box = { width: 200, height: 40, marks: 1 };
const draw = (row: BalanceRow) => balanceRowSvg(row, { limit: 2 }, box, PAPER);
const place = (value: number) => ({ value, text: String(value) });
const middles = (svg: string) => [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));

describe('a view’s balance as SVG', () => {
  const row = { view: 'teacher', name: 'Leerkrachten', words: 'in balans' } as const;

  it('has the middle of the axis for an even balance, and its ends within the drawing', () => {
    expect(middles(draw({ ...row, now: place(0), start: null }))).toEqual([100]);
    expect(middles(draw({ ...row, now: place(2), start: null }))).toEqual([192]);
    expect(middles(draw({ ...row, now: place(-2), start: null }))).toEqual([8]);
  });

  it('is hollow, with the name of the round, where it began', () => {
    const svg = draw({ ...row, now: place(1), start: { ...place(-1), round: 'T0 & <1>' } });
    expect(middles(svg)).toEqual([54, 146]);
    expect(svg).toMatch(new RegExp(`<circle cx="54"[^>]*fill="${PAPER.sheet}"`));
    expect(svg).toContain('T0 &amp; &lt;1&gt;');
  });

  it('has no mark when it is withheld', () => {
    const svg = draw({ ...row, now: null, start: null, reason: 'view_hidden' });
    expect(svg).not.toMatch(/circle|text/);
  });
});
