import { expect, test } from 'vitest';
import { FaultList, FAULTS_KEPT } from './faults.ts';

test('all faults are counted, the first of them kept, and places of the others are not searched for', () => {
  const faults = new FaultList();
  let searches = 0;
  for (let line = 1; line <= FAULTS_KEPT + 50; line += 1) {
    faults.add('score_missing', () => {
      searches += 1;
      return { line, column: 1 };
    });
  }
  const refusal = faults.refusal();
  expect(refusal.total).toBe(FAULTS_KEPT + 50);
  expect(refusal.faults).toHaveLength(FAULTS_KEPT);
  expect(searches).toBe(FAULTS_KEPT);
});

test('a refusal lists its faults in the order of the file', () => {
  const faults = new FaultList();
  faults.add('text_empty', { line: 9, column: 1 });
  faults.add('text_empty', { line: 2, column: 8 });
  faults.add('text_empty', { line: 2, column: 3 });
  expect(faults.refusal().faults.map(({ line, column }) => [line, column])).toEqual([
    [2, 3],
    [2, 8],
    [9, 1],
  ]);
});

test('a long value is cut in the parameters of a fault', () => {
  const faults = new FaultList();
  faults.add('role_unknown', { line: 1, column: 1 }, { value: 'x'.repeat(500) });
  expect(faults.kept[0]?.params?.['value']).toBe(`${'x'.repeat(60)}…`);
});
