import { readFileSync } from 'node:fs';

/** Node's flags as `npm start` gives them, so that a bench measures what an operator runs. */
export function startFlags(): string[] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
  return [...(scripts.start.match(/--\S+/g) ?? [])];
}
