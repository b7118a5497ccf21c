import type { PageServerLoad } from './$types';

/** Closed for now, or its link ended for good: the same for everybody, and about no form. */
export const load: PageServerLoad = ({ url }) => ({ linkEnded: url.searchParams.get('link') === 'ended' });
