import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import settings from '../project.inlang/settings.json' with { type: 'json' };

/** A text, or a text with variants: its alternatives by the values that they match. */
type Message = string | { declarations?: string[]; match: Record<string, string> }[];
type Messages = Record<string, Message>;

const folder = new URL('../messages/', import.meta.url);
const locales = ['nl', 'en'] as const;

function filesOf(locale: string): string[] {
  return readdirSync(new URL(`${locale}/`, folder)).sort();
}

function readMessages(locale: string, file: string): Messages {
  return JSON.parse(readFileSync(new URL(`${locale}/${file}`, folder), 'utf8'));
}

function allMessages(locale: string): Messages {
  return Object.fromEntries(filesOf(locale).flatMap((file) => Object.entries(readMessages(locale, file))));
}

const textsOf = (message: Message) =>
  typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match));

/** The parameters of a message: what stands between braces, and what its variants are chosen by. */
function parametersOf(message: Message): string[] {
  const inTexts = textsOf(message).flatMap((text) =>
    [...text.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''),
  );
  const inputs =
    typeof message === 'string'
      ? []
      : message.flatMap(({ declarations = [] }) =>
          declarations.filter((line) => line.startsWith('input ')).map((line) => line.slice('input '.length)),
        );
  return [...new Set([...inTexts, ...inputs])].map((name) => name.trim()).sort();
}

/** A phrase that appraises, and longer phrases in which it does not. */
type Appraisal = { phrase: string; fine: string[] };

/** The tables of docs/words.md: the first is Dutch, the second English. */
function appraisals(locale: (typeof locales)[number]): Appraisal[] {
  const text = readFileSync(new URL('../docs/words.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(locale === 'nl' ? 'Dutch' : 'English')) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim().toLowerCase()))
    .filter(([, phrase = '']) => phrase !== 'not this' && !/^-+$/.test(phrase))
    .map(([, phrase = '', , fine = '']) => ({ phrase, fine: fine === '' ? [] : fine.split('; ') }));
}

/** The phrases of appraisal that a text uses. */
function appraisalsIn(text: string, words: readonly Appraisal[]): string[] {
  const said = text.toLowerCase();
  return words
    .filter(({ phrase, fine }) => fine.reduce((left, one) => left.replaceAll(one, ''), said).includes(phrase))
    .map(({ phrase }) => phrase);
}

describe('the message files', () => {
  it('are the same in both languages, and all of them are compiled', () => {
    const compiled = settings['plugin.inlang.messageFormat'].pathPattern.map((path) => path.split('/').at(-1)).sort();
    expect(settings.locales).toEqual(locales);
    for (const locale of locales) expect(filesOf(locale)).toEqual(compiled);
  });

  it.each(filesOf('nl'))('%s has the same keys in Dutch and English', (file) => {
    expect(Object.keys(readMessages('en', file)).sort()).toEqual(Object.keys(readMessages('nl', file)).sort());
  });

  it.each(locales)('name no key twice in %s', (locale) => {
    const keys = filesOf(locale).flatMap((file) => Object.keys(readMessages(locale, file)));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    expect(keys.length).toBeGreaterThan(1);
  });

  it('ask for the same parameters in Dutch and English', () => {
    const english = allMessages('en');
    const differing = Object.entries(allMessages('nl'))
      .filter(([key, message]) => `${parametersOf(message)}` !== `${parametersOf(english[key] ?? '')}`)
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });

  it.each(locales)('leave no text empty in %s', (locale) => {
    const empty = Object.entries(allMessages(locale))
      .filter(([, message]) => textsOf(message).length === 0 || textsOf(message).some((text) => text.trim() === ''))
      .map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it.each(locales)('use no word of appraisal in %s (docs/words.md)', (locale) => {
    const words = appraisals(locale);
    const found = Object.entries(allMessages(locale)).flatMap(([key, message]) =>
      textsOf(message).flatMap((text) => appraisalsIn(text, words).map((word) => `${key}: ${word}`)),
    );
    expect(found).toEqual([]);
  });

  it('reach the pages: a compiled message speaks both languages', () => {
    expect(m.home_purpose({}, { locale: 'nl' })).toBe(allMessages('nl')['home_purpose']);
    expect(m.home_purpose({}, { locale: 'en' })).toBe(allMessages('en')['home_purpose']);
    expect(m.home_purpose({}, { locale: 'en' })).not.toBe(m.home_purpose({}, { locale: 'nl' }));
  });
});

describe('the check on parameters', () => {
  it('reads them from plain texts and from variants', () => {
    expect(parametersOf('Nog {count} van {total}, {count} open')).toEqual(['count', 'total']);
    expect(
      parametersOf([
        {
          declarations: ['input count', 'local countPlural = count: plural'],
          match: { 'countPlural=one': '{count} school', 'countPlural=*': '{count} scholen in {cohort}' },
        },
      ]),
    ).toEqual(['cohort', 'count']);
  });
});

describe('the check on words of appraisal', () => {
  it('reads the tables of docs/words.md', () => {
    for (const locale of locales) expect(appraisals(locale).length).toBeGreaterThan(15);
    expect(appraisals('nl')).toContainEqual({ phrase: 'onvoldoende', fine: ['onvoldoende beoordeeld'] });
    expect(appraisals('en')).toContainEqual({ phrase: 'blind spot', fine: [] });
  });

  it('finds a word in any case and inside another, and leaves what is fine', () => {
    const words = appraisals('nl');
    expect(appraisalsIn('Marloes OVERSCHAT zichzelf', words)).toEqual(['overschat']);
    expect(appraisalsIn('zelfoverschatting', words)).toEqual(['overschat']);
    expect(appraisalsIn('onvoldoende beoordeeld', words)).toEqual([]);
    expect(appraisalsIn('onvoldoende beoordeeld en onvoldoende', words)).toEqual(['onvoldoende']);
  });
});
