import { expect, it } from 'vitest';
import { balanceCaption } from './report-balance.ts';

const people = { ib: null, teachers: 3 };
const shift = (view: 'director' | 'ib' | 'teacher', round: string) =>
  ({ view, emphasis: 'even', start: { round }, band: 'clearly_higher' }) as const;

it('views that shifted since the same round are told together', () => {
  const caption = balanceCaption([shift('ib', 'T0'), shift('teacher', 'T0')], people, 'nl');
  expect(caption).toContain("Sinds meting T0 schuift het volgens de IB'er en de leerkrachten duidelijk naar coachen.");
});

it('a shift is dated from the round in which that view started', () => {
  const caption = balanceCaption([shift('director', 'T1'), shift('ib', 'T0')], people, 'nl');
  expect(caption).toContain('Sinds meting T1 schuift het volgens de directeur duidelijk naar coachen.');
  expect(caption).toContain("Sinds meting T0 schuift het volgens de IB'er duidelijk naar coachen.");
});

it('the IB’er who reads it is spoken to', () => {
  const told = balanceCaption([shift('ib', 'T0')], { ...people, ib: 'Marloes', reader: 'ib' }, 'nl');
  expect(told).toContain('Sinds meting T0 schuift het volgens jou duidelijk naar coachen.');
});
