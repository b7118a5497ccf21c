import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import NextStep from './NextStep.svelte';

const closed = { id: 'r', name: 'T1', status: 'closed', toRelease: 0, invited: 4, submitted: 4 } as const;
const cohort = { cohortId: 'c', programmeId: 'p', schools: 6, rounds: [closed], nextName: 'T2', nextOn: null };
type Given = { asksTeachers: boolean; schools?: number; rounds?: []; isRunOut?: boolean; nextOn?: string };
const shown = (given: Given) => render(NextStep, { props: { ...cohort, isRunOut: false, ...given } }).body;

it('a cohort whose list asks no teachers is told nothing of teachers before its next round, or its first school', () => {
  expect(shown({ asksTeachers: true })).toContain('hoe leerkrachten beschermd zijn');
  expect(shown({ asksTeachers: false })).toContain('Plan de meting T2');
  expect(shown({ asksTeachers: false })).not.toContain('eerkracht');
  expect(shown({ asksTeachers: false, schools: 0, rounds: [] })).not.toContain('eerkracht');
});

it('once a programme is over its page comes next, and no other round', () => {
  const over = shown({ asksTeachers: false, isRunOut: true });
  expect(over).toContain('href="/programmes/p"');
  expect(over).not.toContain('T2');
});

it('the day that the plan has for the next round is told: it may be a year away', () => {
  const told = shown({ asksTeachers: true, nextOn: '2027-09-23' }).replaceAll(/<[^>]*>/g, '');
  expect(told).toContain('In het plan staat T2 op do 23-09-2027. Er gaat nog niets open.');
});
