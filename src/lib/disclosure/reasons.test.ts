import { describe, expect, it } from 'vitest';
import type { AspectOutline } from '#lib/instrument/types.ts';
import { cellReason } from './cell-reason.ts';
import { competencyReason, mostlyNotVisible } from './competency-reason.ts';
import { gapReason } from './gap-reason.ts';
import type { GapSide } from './gap-reason.ts';
import type { Reason } from './reason.ts';
import { isWithheld, viewState } from './view-state.ts';

const visible: AspectOutline = { code: 'v', observableBy: ['director', 'ib', 'teacher'] };
const notForDirector: AspectOutline = { code: 'n', observableBy: ['ib', 'teacher'] };
const yes = { consent: true };
const notAsked = { consent: null };

describe('state of a view', () => {
  it('a teacher view below three is withheld in protected mode', () => {
    expect(viewState('teacher', [notAsked, notAsked], 'protected')).toBe('view_hidden');
    expect(viewState('teacher', [notAsked, notAsked, notAsked], 'protected')).toBe('shown');
  });

  it('one teacher without consent withholds the whole teacher view in open mode', () => {
    expect(viewState('teacher', [yes, yes], 'open')).toBe('shown');
    expect(viewState('teacher', [yes, { consent: false }], 'open')).toBe('consent');
    expect(viewState('teacher', [yes, notAsked], 'open')).toBe('consent');
  });

  it('protected mode needs no consent, and director and IB’er never do', () => {
    const refused = { consent: false };
    expect(viewState('teacher', [refused, refused, refused], 'protected')).toBe('shown');
    expect(viewState('director', [refused], 'open')).toBe('shown');
    expect(viewState('ib', [refused], 'protected')).toBe('shown');
  });

  it('nobody submitted is no withheld view', () => {
    expect(viewState('teacher', [], 'protected')).toBe('none');
    expect(viewState('director', [], 'open')).toBe('none');
  });

  it('a view that the list does not ask is neither withheld nor missing; what was imported of it counts', () => {
    expect(viewState('teacher', [], 'protected', false)).toBe('not_asked');
    expect(isWithheld('not_asked')).toBe(false);
    expect(viewState('director', [{ consent: null }], 'protected', false)).toBe('shown');
  });
});

describe('reason of a cell', () => {
  it('a protected teacher cell does not tell whether nobody, one or two judged it', () => {
    const cell = { view: 'teacher', state: 'shown', mode: 'protected', observable: true } as const;
    expect(cellReason(cell)).toBe('hidden_cells');
  });

  it('an open teacher cell, a director’s and an IB’er’s say that nobody judged', () => {
    for (const view of ['director', 'ib', 'teacher'] as const) {
      expect(cellReason({ view, state: 'shown', mode: 'open', observable: true })).toBe('not_judged');
    }
  });

  it('a withheld view gives its own reason, whatever the list says', () => {
    for (const state of ['view_hidden', 'consent', 'other_not_submitted'] as const) {
      expect(cellReason({ view: 'teacher', state, mode: 'open', observable: false })).toBe(state);
    }
  });

  it('what a view was not asked says so, whatever the mode', () => {
    for (const mode of ['open', 'protected'] as const) {
      expect(cellReason({ view: 'teacher', state: 'not_asked', mode, observable: true })).toBe('not_asked');
    }
  });

  it('what a role cannot normally see says so, once that role submitted', () => {
    const cell = { view: 'teacher', mode: 'protected', observable: false } as const;
    expect(cellReason({ ...cell, state: 'shown' })).toBe('not_visible_for_role');
    expect(cellReason({ ...cell, state: 'none' })).toBe('not_judged');
  });
});

describe('reason of a competency', () => {
  const aspects = [visible, visible, notForDirector];

  it('too few judged, but hidden cells for protected teachers', () => {
    const empty = { state: 'shown', aspects } as const;
    expect(competencyReason({ ...empty, view: 'ib', mode: 'protected' })).toBe('too_few_judged');
    expect(competencyReason({ ...empty, view: 'teacher', mode: 'open' })).toBe('too_few_judged');
    expect(competencyReason({ ...empty, view: 'teacher', mode: 'protected' })).toBe('hidden_cells');
  });

  it('mostly not visible is more than half of the aspects', () => {
    expect(mostlyNotVisible('director', [visible, notForDirector])).toBe(false);
    expect(mostlyNotVisible('director', [visible, notForDirector, notForDirector])).toBe(true);
    expect(mostlyNotVisible('teacher', [visible, notForDirector, notForDirector])).toBe(false);
    const mostly = [visible, notForDirector, notForDirector];
    const view = 'director';
    expect(competencyReason({ view, state: 'shown', mode: 'open', aspects: mostly })).toBe('not_visible_for_role');
  });

  it('a view that is withheld or absent goes before the list', () => {
    const empty = { view: 'director', mode: 'open', aspects: [notForDirector] } as const;
    expect(competencyReason({ ...empty, state: 'none' })).toBe('not_judged');
    expect(competencyReason({ ...empty, state: 'other_not_submitted' })).toBe('other_not_submitted');
  });
});

describe('reason of a gap', () => {
  const aspects = [visible, visible, visible];
  const cells = (...scores: (number | Reason)[]) =>
    scores.map((score) => (typeof score === 'number' ? { score } : { score: null, reason: score }));
  const ib: GapSide = { view: 'ib', state: 'shown', cells: cells(4, 4, 'not_judged') };
  const teacher = (...scores: (number | Reason)[]): GapSide => ({
    view: 'teacher',
    state: 'shown',
    cells: cells(...scores),
  });

  it('a view withheld as a whole goes before one that is absent', () => {
    const withheld: GapSide = { ...teacher(), state: 'view_hidden' };
    const absent: GapSide = { ...ib, state: 'none' };
    expect(gapReason([absent, withheld], aspects, 2)).toBe('view_hidden');
    expect(gapReason([absent, teacher(4, 4, 4)], aspects, 2)).toBe('not_judged');
    expect(gapReason([ib, { ...withheld, state: 'consent' }], aspects, 2)).toBe('consent');
  });

  it('hidden cells when they could have made the gap, else too few judged', () => {
    expect(gapReason([ib, teacher(4, 'hidden_cells', 4)], aspects, 2)).toBe('hidden_cells');
    expect(gapReason([ib, teacher('not_judged', 4, 'hidden_cells')], aspects, 2)).toBe('too_few_judged');
  });

  it('not visible for one of the two', () => {
    const director: GapSide = { view: 'director', state: 'shown', cells: cells(4) };
    expect(gapReason([ib, director], [notForDirector], 2)).toBe('not_visible_for_role');
  });
});
