import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const documents = globSync('docs/privacy/*.md', { cwd: root });

/** Places in the code that a document names: `src/…`, `tests/…`, `migrations/…`, `docs/…`, or a file at the top. */
const placesIn = (text: string) =>
  [...text.matchAll(/`((?:src|tests|migrations|docs)\/[^`\s]+|[\w.-]+\.config\.js)`/g)].map((match) => match[1] ?? '');

describe('what the documents on privacy promise', () => {
  it.each(documents)('%s names places that there are', (document) => {
    const text = readFileSync(new URL(document, root), 'utf8');
    const missing = placesIn(text).filter((place) => !existsSync(new URL(place, root)));
    expect(missing).toEqual([]);
  });

  it('is met in many places', () => {
    const all = documents.flatMap((document) => placesIn(readFileSync(new URL(document, root), 'utf8')));
    expect(all.length).toBeGreaterThan(15);
  });
});
