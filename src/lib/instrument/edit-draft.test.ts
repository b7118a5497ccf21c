import { describe, expect, test } from 'vitest';
import {
  addAspect,
  addCluster,
  addCompetency,
  changeAspect,
  changeCompetency,
  findAspect,
  movePart,
  nextCode,
  putBack,
  removePart,
  renameCluster,
} from './edit-draft.ts';
import type { Edited } from './edit-draft.ts';
import { checkDraft, draftOf, emptyDraft, showable, withoutEnglish } from './list-draft.ts';
import type { AspectDraft, ListDraft } from './list-draft.ts';

const title = { nl: 'Titel', en: 'Title' };
const named = { key: 'own', version: '1', title };
const aspect = (code: string): AspectDraft => ({ code, other: { nl: `De IB’er ${code}` }, self: { nl: `Ik ${code}` } });

function done(edited: Edited): ListDraft {
  if (!edited.ok) throw new Error(edited.because);
  return edited.draft;
}

/** Two competencies; A has two clusters with the aspects A.01, A.02 and A.03. */
function list(): ListDraft {
  let draft = done(addCompetency(emptyDraft(named), { code: 'A', title }));
  draft = done(addCompetency(draft, { code: 'B', title }));
  draft = done(addCluster(draft, 'A', title));
  draft = done(addCluster(draft, 'A', title));
  draft = done(addAspect(draft, 'A-1', aspect('A.01')));
  draft = done(addAspect(draft, 'A-1', aspect('A.02')));
  return done(addAspect(draft, 'A-2', aspect('A.03')));
}

const codes = (draft: ListDraft) =>
  draft.competencies.map(({ code, clusters }) => [
    code,
    ...clusters.map((each) => each.aspects.map((one) => one.code)),
  ]);

describe('making a list', () => {
  test('parts come in at the end, each under a key of its own', () => {
    expect(codes(list())).toEqual([['A', ['A.01', 'A.02'], ['A.03']], ['B']]);
  });

  test('a code is used once', () => {
    expect(addAspect(list(), 'A-2', aspect('A.01'))).toEqual({ ok: false, because: 'code_taken' });
    expect(addCompetency(list(), { code: 'B', title })).toEqual({ ok: false, because: 'code_taken' });
    expect(changeCompetency(list(), 'A', { code: 'B', title })).toEqual({ ok: false, because: 'code_taken' });
    expect(changeAspect(list(), 'A.01', aspect('A.02'), 'A-1')).toEqual({ ok: false, because: 'code_taken' });
  });

  test('what is not there cannot be changed', () => {
    for (const edited of [
      changeAspect(list(), 'A.09', aspect('A.09'), 'A-1'),
      changeAspect(list(), 'A.01', aspect('A.01'), 'A-9'),
      renameCluster(list(), 'A-9', title),
      addCluster(list(), 'Z', title),
      movePart(list(), { kind: 'cluster', id: 'A-9' }, 1),
    ]) {
      expect(edited).toEqual({ ok: false, because: 'gone' });
    }
    expect(removePart(list(), { kind: 'aspect', id: 'A.09' })).toBeNull();
  });

  test('an aspect that changes stays in its place, or goes to the end of another cluster', () => {
    const changed = { ...aspect('A.11'), explain: { nl: 'Bijvoorbeeld' } };
    expect(codes(done(changeAspect(list(), 'A.01', changed, 'A-1')))[0]).toEqual(['A', ['A.11', 'A.02'], ['A.03']]);
    const moved = done(changeAspect(list(), 'A.01', changed, 'A-2'));
    expect(codes(moved)[0]).toEqual(['A', ['A.02'], ['A.03', 'A.11']]);
    expect(findAspect(moved, 'A.11')?.aspect.explain).toEqual({ nl: 'Bijvoorbeeld' });
  });

  test('a competency that changes keeps what is in it', () => {
    expect(codes(done(changeCompetency(list(), 'A', { code: 'Z', title })))[0]).toEqual([
      'Z',
      ['A.01', 'A.02'],
      ['A.03'],
    ]);
  });

  test('a part moves among those beside it and stops at the end of them', () => {
    const down = done(movePart(list(), { kind: 'aspect', id: 'A.01' }, 1));
    expect(codes(down)[0]).toEqual(['A', ['A.02', 'A.01'], ['A.03']]);
    expect(done(movePart(down, { kind: 'aspect', id: 'A.01' }, 1))).toEqual(down);
    expect(codes(done(movePart(list(), { kind: 'cluster', id: 'A-2' }, -1)))[0]).toEqual([
      'A',
      ['A.03'],
      ['A.01', 'A.02'],
    ]);
    expect(codes(done(movePart(list(), { kind: 'competency', id: 'B' }, -1)))[0]).toEqual(['B']);
  });

  test('the next code goes on where the competency’s codes end', () => {
    expect(nextCode(list(), 'A-1')).toBe('A.04');
    expect(nextCode(done(addCluster(list(), 'B', title)), 'B-1')).toBe('B.01');
  });

  test('an edit leaves the draft that it was made from as it was', () => {
    const before = list();
    removePart(before, { kind: 'competency', id: 'A' });
    movePart(before, { kind: 'aspect', id: 'A.01' }, 1);
    expect(before).toEqual(list());
  });
});

describe('a part that was taken out', () => {
  test.each([
    { kind: 'aspect', id: 'A.01' },
    { kind: 'cluster', id: 'A-1' },
    { kind: 'competency', id: 'A' },
  ] as const)('comes back where it stood, with all that was in it: $kind', (ref) => {
    const without = removePart(list(), ref);
    expect(without?.draft).not.toEqual(list());
    expect(without && putBack(without.draft, without.removed)).toEqual({ ok: true, draft: list() });
  });

  test('has no place where what it was in is gone', () => {
    const first = removePart(list(), { kind: 'aspect', id: 'A.01' });
    const second = first && removePart(first.draft, { kind: 'cluster', id: 'A-1' });
    expect(first && second && putBack(second.draft, first.removed)).toEqual({ ok: false, because: 'gone' });
  });

  test('does not come back beside another part with its code', () => {
    const without = removePart(list(), { kind: 'cluster', id: 'A-1' });
    const taken = without && done(addAspect(without.draft, 'A-2', aspect('A.02')));
    expect(taken && putBack(taken, without.removed)).toEqual({ ok: false, because: 'code_taken' });
  });
});

describe('checking a draft', () => {
  test('names what is still empty at its part', () => {
    expect(checkDraft(list())).toEqual({
      ok: false,
      faults: [{ part: { kind: 'competency', id: 'B' }, code: 'list_too_short', params: { min: 1 } }],
    });
    expect(checkDraft(emptyDraft(named))).toMatchObject({
      ok: false,
      faults: [{ part: null, code: 'list_too_short' }],
    });
    const empty = done(changeAspect(list(), 'A.03', { ...aspect('A.03'), self: { nl: ' ' } }, 'A-2'));
    expect(checkDraft(empty)).toMatchObject({
      faults: [{ part: { kind: 'aspect', id: 'A.03' }, code: 'text_empty' }, { part: { id: 'B' } }],
    });
  });

  test('what can be shown before it is complete leaves empty parts out', () => {
    expect(showable(list())?.competencies.map(({ code }) => code)).toEqual(['A']);
    expect(showable(emptyDraft(named))).toBeNull();
  });

  test('a list that is copied is complete, and its repeated English follows the Dutch', () => {
    const whole = showable(list());
    const copy = whole && draftOf(whole, { ...named, version: '2' });
    expect(copy && checkDraft(copy)).toMatchObject({ ok: true, instrument: { ...whole, version: '2' } });
    expect(copy && findAspect(copy, 'A.01')?.aspect.other).toEqual({ nl: 'De IB’er A.01' });
    expect(copy && withoutEnglish(copy)).toEqual({ missing: 6, all: 9 });
  });
});
