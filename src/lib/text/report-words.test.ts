import { describe, expect, it } from 'vitest';
import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import {
  classWord,
  columnWord,
  inSentence,
  pairWord,
  quoted,
  readingWord,
  source,
  subject,
  viewWord,
} from './report-words.ts';

describe('class words', () => {
  const dutch: [AspectClass, string][] = [
    ['blind_spot', 'zelf hoger dan anderen'],
    ['hidden_strength', 'verborgen kracht'],
    ['contested', 'directeur en leerkrachten verschillen'],
    ['shared_strength', 'gedeelde kracht'],
    ['shared_growth', 'gedeeld groeipunt'],
    ['in_agreement', 'zelfde beeld'],
    ['insufficient', 'onvoldoende beoordeeld'],
  ];

  it.each(dutch)('%s reads as "%s" (measurement.md §4)', (machineWord, words) => {
    expect(classWord(machineWord, 3, 'nl')).toBe(words);
    expect(classWord(machineWord, 3, 'en')).not.toBe(words);
    expect(classWord(machineWord, 3, 'en')).not.toContain('_');
  });
});

describe('reading words', () => {
  const readings: Reading[] = ['check_meaning', 'not_observed', 'seen_differently', 'insufficient', 'shared_view'];

  it.each(readings)('%s has other words in Dutch than in English, and no machine word', (reading) => {
    expect(readingWord(reading, 'nl')).not.toBe(readingWord(reading, 'en'));
    expect(readingWord(reading, 'nl')).not.toContain('_');
  });
});

it('the IB’er is named where the name is known', () => {
  expect(subject('ib', { ib: 'Marloes Hendriks', teachers: 3 }, 'nl')).toBe('Marloes Hendriks');
  expect(subject('ib', { ib: null, teachers: 3 }, 'nl')).toBe("de IB'er");
});

it('a sole teacher is spoken of as one', () => {
  const words = (teachers: number) => [
    subject('teacher', { ib: null, teachers }, 'nl'),
    viewWord('teacher', teachers, 'nl'),
    columnWord('teacher', teachers, 'nl'),
    pairWord('ib_teacher', teachers, 'nl'),
    classWord('contested', teachers, 'nl'),
  ];
  for (const word of words(1)) expect(word).not.toMatch(/leerkrachten/i);
  for (const word of words(2)) expect(word).toMatch(/leerkrachten/i);
});

it('the IB’er who reads is "you", as subject and as source', () => {
  const own = { ib: 'Marloes', teachers: 3, reader: 'ib' } as const;
  expect([subject('ib', own, 'nl'), source('ib', own, 'nl')]).toEqual(['jij', 'jou']);
  expect([subject('ib', own, 'en'), source('ib', own, 'en')]).toEqual(['you', 'you']);
  expect(subject('director', own, 'nl')).toBe('de directeur');
});

it('a title keeps its capital inside a sentence, between quotes', () => {
  expect(quoted('Leerkrachten coachen')).toBe('‘Leerkrachten coachen’');
});

it('a word that heads a column loses its capital inside a sentence, an abbreviation does not', () => {
  expect(inSentence('Directeur − leerkrachten')).toBe('directeur − leerkrachten');
  expect(inSentence("IB'er − directeur")).toBe("IB'er − directeur");
});
