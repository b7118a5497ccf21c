import { expect, it } from 'vitest';
import { browserWords, shortAgent } from './browser-words.ts';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0';

it.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 'Chrome', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/153.0.0.0`, 'Edge', 'Windows'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`, 'Chrome', 'Android'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`, 'Chrome', 'Chromebook'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Safari',
    'Mac',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
])('%s is told in words', (userAgent, browser, system) => {
  expect(browserWords(userAgent)).toEqual({ browser, system });
});

it.each([null, '', 'curl/8.5.0'])('%j is none that we know', (userAgent) => {
  expect(browserWords(userAgent)).toEqual({ browser: null, system: null });
});

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    'Chrome · Linux',
    { browser: 'Chrome', system: 'Linux' },
  ],
  ['Mozilla/5.0 (X11; Linux x86_64)', ' · Linux', { browser: null, system: 'Linux' }],
  ['curl/8.5.0', null, { browser: null, system: null }],
])('%s is kept as two names, which are read back as they were', (userAgent, kept, words) => {
  expect(shortAgent(userAgent)).toBe(kept);
  expect(browserWords(kept)).toEqual(words);
});
