import { expect, test } from 'vitest';
import { isPossible } from './possible-class.ts';
import { VIEWS, type View } from './types.ts';

test.each<[View[], string[]]>([
  [[...VIEWS], ['contested', 'blind_spot', 'hidden_strength', 'shared_strength', 'in_agreement']],
  [
    ['director', 'ib'],
    ['blind_spot', 'hidden_strength', 'shared_strength', 'in_agreement'],
  ],
  [
    ['director', 'teacher'],
    ['contested', 'shared_strength', 'in_agreement'],
  ],
  [['ib'], ['shared_strength', 'in_agreement']],
])('classes that a list of %j can have', (asked, possible) => {
  const classes = ['contested', 'blind_spot', 'hidden_strength', 'shared_strength', 'in_agreement'] as const;
  expect(classes.filter((one) => isPossible(one, asked))).toEqual(possible);
});
