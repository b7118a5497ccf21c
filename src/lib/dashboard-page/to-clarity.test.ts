import { describe, expect, it } from 'vitest';
import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import type { RoundFigures } from '#lib/server/reports/service.ts';
import { cohortAspects, type ClarityRow } from './facts.ts';
import { clarityPart } from './to-clarity.ts';

const instrument = shippedInstrument();
const [competency] = instrument.competencies;
const seenByAll = competency?.clusters[0]?.aspects.find(
  ({ observableBy }) => observableBy === undefined || observableBy.length === 3,
);
const notByDirector = instrument.competencies
  .flatMap(({ clusters }) => clusters.flatMap(({ aspects }) => aspects))
  .find(({ observableBy }) => observableBy !== undefined && !observableBy.includes('director'));

const nothing = { n: 0, schools: 0, mean: null, sd: null, low: null, high: null, reason: 'too_few_schools' as const };
const noGap = { ...nothing, meanAbsolute: null, large: null };

function row(aspect: string, flags: ClarityFlag[], over: Partial<ClarityRow> = {}): ClarityRow {
  const shares = { C: 0.1, C_director: 0.4, C_ib: 0, C_teacher: 0.1 };
  const known = { cells: 36, schools: 12, U: 0.2, N: 0.3, K: 0.5, reasons: {}, ...shares };
  return { aspect, flags, class: flags.length > 0 ? 'attention' : 'clear', ...known, ...over };
}

/** The clarity list of a round in which only these aspects were asked. */
function partOf(...rows: ClarityRow[]) {
  const figures = {
    clarity: rows,
    aspects: rows.map(({ aspect }) => ({
      ...{ code: aspect, competency: 'C1', readings: null },
      views: { director: nothing, ib: nothing, teacher: nothing },
      gaps: { ib_director: noGap, ib_teacher: noGap, director_teacher: noGap },
    })),
  } as unknown as RoundFigures; // what a clarity list needs of it
  return clarityPart(cohortAspects(instrument, figures), 'nl');
}

const [one, other] = [seenByAll?.code ?? '', notByDirector?.code ?? ''];

describe('the clarity list', () => {
  it('has what is flagged, the least clear first', () => {
    const part = partOf(row(one, ['U'], { K: 0.6 }), row('C1.02', []), row('C1.03', ['N'], { K: 0.2 }));
    expect(part.top.map(({ code }) => code)).toEqual(['C1.03', one]);
    expect(part.caption).toContain('2 van de 3 stellingen');
  });

  it('names the role for which a statement is not visible', () => {
    expect(partOf(row(one, ['C_director'])).top[0]?.flags).toEqual([
      { flag: 'C_director', look: 'unseen', word: 'niet te zien voor directeuren' },
    ]);
  });

  it('has three bars with their limits; of "not visible" the role that sees it least, of those that can', () => {
    const [item] = partOf(row(one, ['U'])).top;
    expect(item?.bars.map(({ what, text, isOver }) => [what, text, isOver])).toEqual([
      ['U', '20%', true],
      ['C', '40%', true],
      ['N', '0,30', false],
    ]);
    expect(item?.bars[1]?.label).toBe('niet te zien (directeuren): 40%, grens 33%');
    expect(item?.bars[0]).toMatchObject({ limit: 0.25 });
    expect(partOf(row(other, ['U'])).top[0]?.bars[1]?.text).toBe('10%');
  });

  it('says in words what may not be told, and draws no bar for it', () => {
    const withheld = row(one, ['U'], { N: null, K: null, reasons: { N: 'hidden_cells', K: 'hidden_cells' } });
    const part = partOf(withheld);
    expect(part.top[0]?.bars[2]).toMatchObject({ share: null, text: 'niet getoond', isOver: false });
    expect(part.hasHidden).toBe(true);
  });

  it('without enough answers says how much is needed', () => {
    const none = { U: null, C: null, C_director: null, C_ib: null, C_teacher: null, N: null, K: null };
    const part = partOf(row(one, [], { ...none, class: 'insufficient' }));
    expect(part).toMatchObject({ top: [], rest: [] });
    expect(part.caption).toMatch(/5 scholen.*10/);
  });
});
