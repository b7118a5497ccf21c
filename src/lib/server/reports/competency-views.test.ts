import { expect, it } from 'vitest';
import { competencyViews, schoolFigures } from './figures.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';

it('the scores of a competency are the same alone as among all figures, with their reasons', () => {
  const outline = outlineOf(6);
  const ratings = [...answers('director', 1, 3, 3, 3, 'C', 4, 4), ...answers('ib', 2, 4, 4, 4, 4, 4, 4)];
  const snapshot = takeSnapshot(roundOf(outline, [...ratings, ...answers('teacher', 10, 5, 5, 5, 5, 5, 5)]));
  const whole = schoolFigures(snapshot, outline).competencies.map(({ code, views }) => ({ code, views }));
  expect(competencyViews(snapshot, outline)).toEqual(whole);
  expect(whole[0]?.views.teacher).toMatchObject({ score: null, reason: 'view_hidden' });
});
