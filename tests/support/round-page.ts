import type { PageValue } from '#lib/page/page-value.ts';
import { load } from '../../src/routes/(trainer)/rounds/[round]/+page.server.ts';
import { visit, type Outcome, type Visit } from './page-event.ts';

/** What the page of a round shows, with its schools, which stand apart in it, among the rest. */
export async function visitRound(asked: Visit): Promise<Outcome> {
  const shown = await visit(load, asked);
  if (!('data' in shown)) return shown;
  const { lines, ...data } = shown.data as { lines: PageValue };
  return { data: { ...data, schools: lines.value } };
}
