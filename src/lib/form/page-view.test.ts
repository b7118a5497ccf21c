import { describe, expect, it } from 'vitest';
import ib180 from '#lib/instrument/ib-180.json' with { type: 'json' };
import { instrumentSchema } from '#lib/instrument/schema.ts';
import { competencyOrder, pageView, type Reader } from './page-view.ts';

const list = instrumentSchema.parse(ib180);
const teacher: Reader = { role: 'teacher', locale: 'nl', seed: 4 };

describe('a page of the form', () => {
  it('knows its place among the others, in the order that was drawn', () => {
    const pages = competencyOrder(list, 4).map((code) => pageView(list, code, teacher));
    expect(pages.map((page) => page?.part)).toEqual([1, 2, 3, 4]);
    expect(pages[0]?.previous).toBeNull();
    expect(pages[0]?.next).toBe(pages[1]?.code);
    expect(pages[3]).toMatchObject({ next: null, previous: pages[2]?.code, order: pages.map((page) => page?.code) });
  });

  it('says where a role cannot normally see an aspect, and nowhere else', () => {
    const seldom = (role: Reader['role']) =>
      competencyOrder(list, 0).flatMap((code) =>
        (pageView(list, code, { ...teacher, role })?.clusters ?? []).flatMap(({ aspects }) =>
          aspects.filter((aspect) => aspect.seldomSeen).map((aspect) => aspect.code),
        ),
      );
    const left = (role: Reader['role']) =>
      list.competencies.flatMap(({ clusters }) =>
        clusters.flatMap(({ aspects }) =>
          aspects.filter((each) => each.observableBy && !each.observableBy.includes(role)).map((each) => each.code),
        ),
      );
    expect(seldom('director').toSorted()).toEqual(left('director').toSorted());
    expect(seldom('director').length).toBeGreaterThan(0);
    expect(seldom('ib')).toEqual([]);
  });

  it('says of a cluster what goes for more than half of it, and not of a smaller part', () => {
    const clusters = pageView(list, 'C3', { ...teacher, role: 'director' })?.clusters ?? [];
    const seen = clusters.map(({ key, seldomSeen, aspects }) => {
      return [key, seldomSeen, aspects.filter((aspect) => aspect.seldomSeen).length, aspects.length];
    });
    expect(seen).toEqual([
      ['c3-weighing', true, 4, 4],
      ['c3-understanding', true, 4, 4],
      ['c3-tailoring', true, 5, 5],
      ['c3-sharing', false, 2, 4],
      ['c3-follow-up', false, 2, 4],
    ]);
  });

  it('numbers the statements through its clusters and asks the scale question of the IB’er only', () => {
    const page = pageView(list, 'C1', { ...teacher, role: 'ib' });
    const numbers = page?.clusters.flatMap(({ aspects }) => aspects.map((aspect) => aspect.number));
    expect(numbers).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(page?.scale?.followUps).toHaveLength(3);
    expect(pageView(list, 'C1', teacher)?.scale).toBeNull();
  });

  it('is null for a competency that is not in the list', () => {
    expect(pageView(list, 'C9', teacher)).toBeNull();
  });
});
