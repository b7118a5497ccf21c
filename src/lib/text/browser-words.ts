/** Names that browsers and systems go by everywhere. The order matters: most browsers also say that they are others. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** All that is kept of what a request told of itself: the two names, or null where neither is one that we know. */
export function shortAgent(userAgent: string | null): string | null {
  const { browser, system } = browserWords(userAgent);
  return browser === null && system === null ? null : `${browser ?? ''} · ${system ?? ''}`;
}

/** The browser and the system that a request told of itself, or what was kept of that; null where it is none that we know. */
export function browserWords(userAgent: string | null): { browser: string | null; system: string | null } {
  const kept = /^(.*) · (.*)$/.exec(userAgent ?? '');
  if (kept) return { browser: kept[1] || null, system: kept[2] || null };
  const nameIn = (names: readonly [RegExp, string][]) =>
    names.find(([sign]) => sign.test(userAgent ?? ''))?.[1] ?? null;
  return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) };
}
