import { describe, expect, it } from 'vitest';
import { shownRemarks } from './remarks.ts';
import type { Remark } from './remarks.ts';
import type { ViewState } from './view-state.ts';

const shown = { director: 'shown', ib: 'shown', teacher: 'shown' } as const;
const keep = <T>(items: readonly T[]) => [...items];
const reverse = <T>(items: readonly T[]) => [...items].reverse();
const teacher = (rater: number, aspect: string | null, text = `text ${rater}`): Remark => ({
  rater,
  role: 'teacher',
  competency: 'C1',
  aspect,
  text,
});
const states = (teacherState: ViewState) => ({ ...shown, teacher: teacherState });

describe('remarks of teachers', () => {
  it('need three teachers who wrote in that competency', () => {
    expect(shownRemarks([teacher(1, 'a'), teacher(2, 'a')], shown, 'protected', keep)).toEqual([]);
    expect(shownRemarks([teacher(1, 'a'), teacher(2, 'b'), teacher(3, 'c')], shown, 'protected', keep)).toHaveLength(3);
  });

  it('three remarks of two teachers are not three teachers, and an empty remark is no remark', () => {
    expect(shownRemarks([teacher(1, 'a'), teacher(2, 'a'), teacher(2, 'b')], shown, 'protected', keep)).toEqual([]);
    expect(shownRemarks([teacher(1, 'a'), teacher(2, 'a'), teacher(3, 'a', '  ')], shown, 'protected', keep)).toEqual(
      [],
    );
  });

  it('of another competency do not count', () => {
    const elsewhere = { ...teacher(3, 'z'), competency: 'C2' };
    expect(shownRemarks([teacher(1, 'a'), teacher(2, 'a'), elsewhere], shown, 'protected', keep)).toEqual([]);
  });

  it('keep their aspect only where three teachers wrote on it', () => {
    const remarks = [teacher(1, 'a'), teacher(2, 'a'), teacher(3, 'a'), teacher(4, 'b'), teacher(5, null)];
    expect(shownRemarks(remarks, shown, 'protected', keep).map(({ aspect }) => aspect)).toEqual([
      'a',
      'a',
      'a',
      null,
      null,
    ]);
  });

  it('come in the drawn order and without their writer', () => {
    const remarks = [teacher(1, null), teacher(2, null), teacher(3, null)];
    const found = shownRemarks(remarks, shown, 'protected', reverse);
    expect(found.map(({ text }) => text)).toEqual(['text 3', 'text 2', 'text 1']);
    expect(found.some((remark) => 'rater' in remark)).toBe(false);
  });

  it('stand with their aspect in open mode, where every teacher agreed to be recognised', () => {
    expect(shownRemarks([teacher(1, 'a')], shown, 'open', keep)).toEqual([
      { role: 'teacher', competency: 'C1', aspect: 'a', text: 'text 1' },
    ]);
    expect(shownRemarks([teacher(1, 'a')], states('consent'), 'open', keep)).toEqual([]);
  });

  it('are withheld with the view, for want of teachers or of consent', () => {
    const remarks = [teacher(1, 'a'), teacher(2, 'a'), teacher(3, 'a')];
    expect(shownRemarks(remarks, states('view_hidden'), 'protected', keep)).toEqual([]);
    expect(shownRemarks(remarks, states('consent'), 'protected', keep)).toEqual([]);
  });
});

it('remarks of director and IB’er stand by themselves, with their aspect', () => {
  const remark = { rater: 9, role: 'director', competency: 'C1', aspect: 'a', text: ' heel fijn ' } as const;
  expect(shownRemarks([remark], shown, 'protected', reverse)).toEqual([
    { role: 'director', competency: 'C1', aspect: 'a', text: 'heel fijn' },
  ]);
});
