import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const DOCUMENTS = ['docs/security.md', 'docs/threat-model.md', 'SECURITY.md'];

/** How many requirements each section of OWASP ASVS 5.0.0 has on levels 1 and 2; those of level 3 come after them. */
const SECTIONS: Readonly<Record<string, number>> = {
  'V1.1': 2,
  'V1.2': 9,
  'V1.3': 11,
  'V1.4': 3,
  'V1.5': 2,
  'V2.1': 3,
  'V2.2': 3,
  'V2.3': 4,
  'V2.4': 1,
  'V3.2': 2,
  'V3.3': 4,
  'V3.4': 6,
  'V3.5': 5,
  'V3.7': 2,
  'V4.1': 3,
  'V4.2': 1,
  'V4.3': 2,
  'V4.4': 4,
  'V5.1': 1,
  'V5.2': 3,
  'V5.3': 2,
  'V5.4': 3,
  'V6.1': 3,
  'V6.2': 12,
  'V6.3': 4,
  'V6.4': 4,
  'V6.5': 5,
  'V6.6': 3,
  'V6.8': 4,
  'V7.1': 3,
  'V7.2': 4,
  'V7.3': 2,
  'V7.4': 5,
  'V7.5': 2,
  'V7.6': 2,
  'V8.1': 2,
  'V8.2': 3,
  'V8.3': 1,
  'V8.4': 1,
  'V9.1': 3,
  'V9.2': 4,
  'V11.1': 2,
  'V11.2': 3,
  'V11.3': 3,
  'V11.4': 4,
  'V11.5': 1,
  'V11.6': 1,
  'V12.1': 3,
  'V12.2': 2,
  'V12.3': 4,
  'V13.1': 1,
  'V13.2': 5,
  'V13.3': 2,
  'V13.4': 5,
  'V14.1': 2,
  'V14.2': 4,
  'V14.3': 3,
  'V15.1': 3,
  'V15.2': 3,
  'V15.3': 7,
  'V16.1': 1,
  'V16.2': 5,
  'V16.3': 4,
  'V16.4': 3,
  'V16.5': 3,
};
/** Chapters of which nothing applies have one row. */
const WITHOUT = ['V10', 'V17'];

const read = (file: string) => readFileSync(resolve(root, file), 'utf8');

/** What a document names as a place: in code style with a folder or an ending, or as a link to a file. */
function placesIn(file: string): string[] {
  const text = read(file);
  const named = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
  const paths = named.filter((name) => /^[\w.()[\]+-]+(\/[\w.()[\]+-]+)+$|^[\w-]+\.(ts|js|md|json)$/.test(name));
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, to = '']) => `${dirname(file)}/${to}`);
  return [...paths, ...links];
}

describe.each(DOCUMENTS)('%s', (file) => {
  it('names places that are there', () => {
    const places = placesIn(file);
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter((place) => !existsSync(resolve(root, place)))).toEqual([]);
  });
});

describe('docs/security.md', () => {
  it('has a row for every requirement of ASVS 5.0.0 on levels 1 and 2, in their order, and for no other', () => {
    const rows = [...read('docs/security.md').matchAll(/^\| (V\d+(?:\.\d+\.\d+)?) /gm)].map(([, id]) => id);
    const expected = Object.entries(SECTIONS).flatMap(([section, last]) =>
      Array.from({ length: last }, (_, at) => `${section}.${at + 1}`),
    );
    expect(rows.filter((id) => !WITHOUT.includes(id ?? ''))).toEqual(expected);
    expect(rows.filter((id) => WITHOUT.includes(id ?? ''))).toEqual(WITHOUT);
  });

  it('says of each how it stands, in words that can be searched for', () => {
    const rows = [...read('docs/security.md').matchAll(/^\| V[\d.]+ +\|[^|]+\| ([^|]+)\|$/gm)].map(
      ([, standing = '']) => standing,
    );
    expect(rows.length).toBeGreaterThan(200);
    const unclear = rows.filter((text) => !/^(yes|partly|no|not yet|–|the operator's): |^the operator's/.test(text));
    expect(unclear).toEqual([]);
  });
});
