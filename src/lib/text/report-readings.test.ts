import { expect, it } from 'vitest';
import { talkTexts, whyListed } from './report-readings.ts';

it.each([
  ['check_meaning', 'Bespreek eerst wat hiermee bedoeld wordt'],
  ['not_observed', 'Wie zou dit kunnen zien, en wanneer?'],
  ['seen_differently', 'Welke voorbeelden heeft ieder?'],
] as const)('the card of %s asks what measurement.md §5 asks', (reading, title) => {
  expect(talkTexts(reading, 'with', 'nl').title).toBe(title);
  expect(talkTexts(reading, 'with', 'en').title).not.toBe(title);
});

it('an aspect tells why it is on a card, and never who caused it', () => {
  const whys = [
    whyListed({ reading: 'check_meaning', class: 'contested', meaning: ['flagged', 'cohort_differs'] }, 3, 'nl'),
    whyListed({ reading: 'check_meaning', class: 'contested', meaning: ['cohort_unclear'] }, 3, 'nl'),
    whyListed({ reading: 'not_observed', class: 'in_agreement', meaning: [] }, 3, 'nl'),
  ];
  expect(whys[0]).toBe(
    'Bij jullie is deze stelling niet voor iedereen duidelijk. De scholen in het cohort vatten deze stelling verschillend op.',
  );
  expect(whys[1]).toBe('In het cohort vinden veel mensen deze stelling onduidelijk.');
  for (const why of whys) expect(why).not.toMatch(/directeur|leerkracht|IB'er/);
  expect(whyListed({ reading: 'seen_differently', class: 'blind_spot', meaning: [] }, 3, 'nl')).toBe(
    'Zelf hoger dan anderen.',
  );
});
