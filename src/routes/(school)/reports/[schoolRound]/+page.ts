import { readChoice } from '#lib/components/report/choice.ts';
import type { PageLoad } from './$types';

/** What to show of the gap charts is read on both sides, so that a choice needs no scripts, and with them no request. */
export const load: PageLoad = ({ data, url }) => ({ ...data, choice: readChoice(url.searchParams) });
