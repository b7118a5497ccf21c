import { readFileSync } from 'node:fs';

/** Node's flags as `npm start` (or another script) gives them, so that a bench measures what an operator runs. */
export function startFlags(script: 'start' | 'drieluik' = 'start'): string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  return [...((scripts[script] ?? '').match(/--\S+/g) ?? [])];
}
