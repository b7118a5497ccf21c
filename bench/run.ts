/** Runs every benchmark but the long `soak` and `scale`, or those that are named: `npm run bench -- save`, `-- soak 60`. */
import process from 'node:process';

const benches: Record<string, () => Promise<unknown>> = {
  save: () => import('./save/main.ts'),
  import: () => import('./import.ts'),
  teams: () => import('./teams.ts'),
  form: () => import('./form/main.ts'),
  report: () => import('./report/main.ts'),
  response: () => import('./response.ts'),
  dashboard: () => import('./dashboard.ts'),
  programme: () => import('./programme.ts'),
  export: () => import('./export/main.ts'),
  scale: () => import('./scale/main.ts'),
  soak: () => import('./soak/main.ts'),
};

const LONG = ['soak', 'scale'];

// A number is the length of a soak, or a count of schools (soak/main.ts, scale/main.ts).
const named = process.argv.slice(2).filter((argument) => !/^\d+$/.test(argument));
const unknown = named.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const [name, run] of Object.entries(benches)) {
  if (named.includes(name) || (named.length === 0 && !LONG.includes(name))) await run();
}
