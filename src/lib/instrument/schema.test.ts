import { describe, expect, test } from 'vitest';
import { STANDARD_ROLES, STANDARD_SCALE } from './defaults.ts';
import ib180 from './ib-180.json' with { type: 'json' };
import { LIMITS } from './limits.ts';
import { checkInstrument } from './problems.ts';
import type { Problem } from './problems.ts';
import { aspectsOf, outlineOf } from './aspects.ts';
import { ROLES } from './types.ts';

/** A list with one competency and one aspect; `change` spoils it. */
function smallList() {
  return {
    key: 'small',
    version: '1',
    title: { nl: 'Klein' },
    scale: { min: 1, max: 5, labels: [1, 2, 3, 4, 5].map((value) => ({ value, nl: `woord ${value}` })) },
    roles: [{ key: 'ib', title: { nl: 'IB’er' }, intro: { nl: 'Welkom.' } }],
    competencies: [
      {
        key: 'listening',
        code: 'A',
        title: { nl: 'Luisteren' },
        clusters: [
          { key: 'a-1', title: { nl: 'Aandacht' }, aspects: [{ code: 'A.1', other: { nl: 'x' }, self: { nl: 'y' } }] },
        ],
      },
    ],
  };
}

type SmallList = ReturnType<typeof smallList>;

function spoiled(change: (list: SmallList) => unknown): Problem[] {
  const list = smallList();
  const checked = checkInstrument(change(list) ?? list);
  return checked.ok ? [] : checked.problems;
}

function good(list: unknown) {
  const checked = checkInstrument(list);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.instrument;
}

const firstCluster = (list: SmallList) =>
  list.competencies[0]?.clusters[0] ?? { aspects: [], key: '', title: { nl: '' } };

describe('a list', () => {
  test('the shipped list passes and keeps every word', () => {
    expect(good(ib180)).toEqual(ib180);
  });

  test('the standard scale is that of the shipped list, the standard roles are all roles', () => {
    expect(STANDARD_SCALE).toEqual(ib180.scale);
    expect(STANDARD_ROLES.map(({ key }) => key)).toEqual([...ROLES]);
    for (const { intro } of STANDARD_ROLES) expect(`${intro.nl} ${intro.en}`).not.toMatch(/\d/);
  });

  test('Dutch serves as English where English is missing or blank', () => {
    const list = smallList();
    const instrument = good({ ...list, title: { nl: 'Klein', en: '  ' } });
    expect(instrument.title).toEqual({ nl: 'Klein', en: 'Klein' });
    expect(instrument.competencies[0]?.title).toEqual({ nl: 'Luisteren', en: 'Luisteren' });
    expect(instrument.scale.cannotJudge).toEqual(STANDARD_SCALE.cannotJudge);
  });

  test('Dutch that is missing or blank is refused', () => {
    expect(spoiled((list) => ({ ...list, title: { en: 'Small' } }))).toEqual([
      { path: ['title'], code: 'key_missing', params: { key: 'nl' } },
    ]);
    expect(spoiled((list) => ({ ...list, title: { nl: ' ' } }))).toEqual([
      { path: ['title', 'nl'], code: 'text_empty' },
    ]);
  });

  test('a code that is used twice is refused, even if its list is wrong elsewhere', () => {
    const problems = spoiled((list) => {
      firstCluster(list).aspects.push({ code: 'A.1', other: { nl: 'x' }, self: { nl: '' } });
    });
    const path = ['competencies', 0, 'clusters', 0, 'aspects'];
    expect(problems).toEqual([
      { path: [...path, 1, 'self', 'nl'], code: 'text_empty' },
      { path: [...path, 1, 'code'], code: 'code_repeated', params: { code: 'A.1' }, firstPath: [...path, 0, 'code'] },
    ]);
  });

  test.each(['A 1', 'é', '<b>', '.a', '-a', '__proto__', ''])('the code %j is not safe as an HTML id', (code) => {
    const problems = spoiled((list) => {
      firstCluster(list).aspects = [{ code, other: { nl: 'x' }, self: { nl: 'y' } }];
    });
    expect(problems.map((problem) => problem.code)).toEqual(['code_unsafe']);
  });

  test('a code that reads like another aspect’s field of the form is refused', () => {
    const problems = spoiled((list) => {
      firstCluster(list).aspects = [{ code: 'A.1.reason', other: { nl: 'x' }, self: { nl: 'y' } }];
    });
    expect(problems.map(({ code }) => code)).toEqual(['code_reserved']);
  });

  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'a code that every object has a field of is refused: %s',
    (code) => {
      const problems = spoiled((list) => {
        firstCluster(list).aspects = [{ code, other: { nl: 'x' }, self: { nl: 'y' } }];
        for (const competency of list.competencies) competency.code = code;
      });
      expect(problems.map(({ code }) => code)).toEqual(['code_reserved', 'code_reserved']);
    },
  );

  test('a scale other than 1 to 5 with five words is refused', () => {
    expect(spoiled((list) => ({ ...list, scale: { ...list.scale, max: 7 } }))).toEqual([
      { path: ['scale', 'max'], code: 'value_not_allowed', params: { allowed: '5' } },
    ]);
    expect(spoiled((list) => ({ ...list, scale: { ...list.scale, labels: list.scale.labels.slice(1) } }))).toEqual([
      { path: ['scale', 'labels'], code: 'scale_labels_incomplete' },
    ]);
    const reasons = [{ key: 'unclear', nl: 'x' }];
    expect(spoiled((list) => ({ ...list, scale: { ...list.scale, cannotJudgeReasons: reasons } }))).toEqual([
      { path: ['scale', 'cannotJudgeReasons'], code: 'reasons_incomplete' },
    ]);
  });

  test('a list without competencies or a cluster without aspects is refused', () => {
    expect(spoiled((list) => ({ ...list, competencies: [] }))).toEqual([
      { path: ['competencies'], code: 'list_too_short', params: { min: 1 } },
    ]);
    expect(
      spoiled((list) => {
        firstCluster(list).aspects = [];
      }).map(({ code }) => code),
    ).toEqual(['list_too_short']);
  });

  test('more aspects than the limit are refused, wherever they stand', () => {
    const problems = spoiled((list) => {
      firstCluster(list).aspects = Array.from({ length: LIMITS.aspects + 1 }, (_, i) => ({
        code: `A.${i}`,
        other: { nl: 'x' },
        self: { nl: 'y' },
      }));
    });
    expect(problems.map(({ code }) => code)).toContain('too_many_aspects');
  });

  test('unknown keys, wrong kinds and versions that cannot stand behind an @ are refused', () => {
    expect(spoiled((list) => ({ ...list, colour: 'red' }))).toEqual([
      { path: ['colour'], code: 'key_unknown', params: { key: 'colour' }, atKey: true },
    ]);
    expect(spoiled((list) => ({ ...list, version: 1 }))).toEqual([{ path: ['version'], code: 'text_expected' }]);
    expect(spoiled((list) => ({ ...list, version: '1@2' }))).toEqual([
      { path: ['version'], code: 'version_malformed' },
    ]);
    expect(spoiled((list) => ({ ...list, roles: {} }))).toEqual([{ path: ['roles'], code: 'list_expected' }]);
    expect(spoiled(() => 'text')).toEqual([{ path: [], code: 'object_expected' }]);
    expect(spoiled((list) => ({ ...list, roles: [{ ...list.roles[0], key: 'parent' }] }))).toEqual([
      { path: ['roles', 0, 'key'], code: 'value_not_allowed', params: { allowed: 'director, ib, teacher' } },
    ]);
  });
});

describe('the outline of a list', () => {
  test('it has the codes in the order of the list', () => {
    const instrument = good(ib180);
    const outline = outlineOf(instrument);
    expect(outline.competencies.map(({ code }) => code)).toEqual(['C1', 'C2', 'C3', 'C4']);
    expect(outline.competencies.map(({ aspects }) => aspects.length)).toEqual([24, 22, 21, 26]);
    expect(outline.competencies.map(({ aspects }) => aspects.map(({ code }) => code))).toEqual(
      instrument.competencies.map((each) => aspectsOf(each).map(({ code }) => code)),
    );
  });

  test('an aspect that does not say who can see it is seen by all roles', () => {
    expect(outlineOf(good(smallList()))).toEqual({
      competencies: [{ code: 'A', aspects: [{ code: 'A.1', observableBy: [...ROLES] }] }],
    });
  });
});
