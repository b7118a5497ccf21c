import { describe, expect, it } from 'vitest';
import type { View } from '#lib/analysis/types.ts';
import type { AmbitionReason } from '#lib/disclosure/cohort-reason.ts';
import { ambitionWords, type SaidView } from './ambition-words.ts';

const bands = (higher: number, lower = 0) => ({ clearly_higher: higher, no_clear_change: 1, clearly_lower: lower });
const said = (view: View, change: number, more: Partial<SaidView> = {}): SaidView => ({
  ...{ view, change, low: change - 0.1, high: change + 0.1, n: 9, bands: bands(0) },
  ...more,
});
const withheld = (view: View, reason: AmbitionReason): SaidView => ({
  ...{ view, change: null, low: null, high: null, n: 0, bands: null, reason },
});
const none = (pair: 'ib_director' | 'ib_teacher') => ({ pair, change: null, low: null, high: null });

describe('the words of an ambition', () => {
  it('name who sees more, who less and who neither, each once, and no view that is withheld', () => {
    const changes = [said('director', 0.4), said('ib', 0.3), withheld('teacher', 'hidden_cells')];
    expect(ambitionWords(changes, [], 'nl')).toEqual(["Directeuren en IB'ers zien hier meer van dan bij de start."]);
    const mixed = [said('director', -0.4), said('ib', 0.05), said('teacher', 0.6)];
    expect(ambitionWords(mixed, [], 'nl')).toEqual([
      'Leerkrachten zien hier meer van dan bij de start.',
      'Directeuren zien hier minder van dan bij de start.',
      "IB'ers zien geen verandering die groter is dan de onzekerheid.",
    ]);
  });

  it('count the schools that changed clearly where that are two at least', () => {
    const changes = [said('director', 0.4, { bands: bands(1) }), said('ib', 0.3, { bands: bands(4, 2) })];
    expect(ambitionWords(changes, [], 'nl').slice(1)).toEqual([
      "IB'ers zien in 4 van de 9 scholen een duidelijke stijging (een half punt of meer).",
      "IB'ers zien in 2 van de 9 scholen een duidelijke daling (een half punt of meer).",
    ]);
    expect(ambitionWords([said('director', 0.4, { bands: bands(1) })], [], 'nl')).toHaveLength(1);
  });

  it('say of views whether they came closer, and nothing where that is withheld', () => {
    const nearer = { pair: 'ib_director', change: -0.3, low: -0.4, high: -0.2 } as const;
    expect(ambitionWords([said('ib', 0.3)], [nearer, none('ib_teacher')], 'nl')[1]).toBe(
      "De beelden van IB'ers en directeuren liggen dichter bij elkaar dan bij de start.",
    );
    expect(ambitionWords([said('ib', 0.3)], [none('ib_director')], 'nl')).toHaveLength(1);
  });

  it('are one sentence on why there is nothing, the same for all views', () => {
    const why = (...reasons: AmbitionReason[]) =>
      ambitionWords(
        (['director', 'ib', 'teacher'] as const).map((view, index) =>
          withheld(view, reasons[index] ?? 'too_few_schools'),
        ),
        [none('ib_director')],
        'nl',
      );
    expect(why('too_few_aspects', 'too_few_aspects', 'too_few_aspects')).toEqual([
      expect.stringContaining('drie stellingen'),
    ]);
    expect(why('too_few_schools', 'hidden_cells')).toEqual([expect.stringContaining('enkele scholen')]);
    expect(why('not_asked', 'not_asked', 'not_asked')).toEqual([
      expect.stringContaining('vroegen deze stellingen niet'),
    ]);
    expect(why('not_asked')).toEqual([expect.stringContaining('te weinig scholen')]);
  });
});
