import { expect, test } from 'vitest';
import { countForms } from './form-counts.ts';

const asked = { begun: null, submitted: null, hasAddress: 1, isMailFailed: 0 } as const;
const hour = '2026-03-02T08';
const none = { asked: 0, begun: 0, submitted: 0 };

test('counts what is asked, begun and submitted by role; a submitted form was begun', () => {
  const teacher = { ...asked, role: 'teacher' } as const;
  const forms = [teacher, { ...teacher, begun: hour }, { ...teacher, begun: hour, submitted: hour }];
  expect(countForms([...forms, { ...asked, role: 'ib' }])).toEqual({
    forms: { director: none, ib: { ...none, asked: 1 }, teacher: { asked: 3, begun: 2, submitted: 1 } },
    unreachable: 0,
    failed: 0,
  });
});

test('without an address nobody is reached who has not submitted', () => {
  const director = { ...asked, role: 'director', hasAddress: 0 } as const;
  const forms = [director, { ...director, begun: hour }, { ...director, begun: hour, submitted: hour }];
  expect(countForms(forms).unreachable).toBe(2);
});

test('counts the people to whom a mail failed, whoever they are', () => {
  const failed = { ...asked, isMailFailed: 1 } as const;
  expect(
    countForms([
      { ...failed, role: 'ib' },
      { ...failed, role: 'director', submitted: hour },
    ]).failed,
  ).toBe(2);
});

test('nobody asked is nobody', () => {
  expect(countForms([])).toEqual({
    forms: { director: none, ib: none, teacher: none },
    unreachable: 0,
    failed: 0,
  });
});
