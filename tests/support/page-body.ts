import type { Outcome } from './page-event.ts';

/** What the framework gives a page's components of the request (`$app/state`). */
const inRequest = new Map([['__request__', { page: { url: new URL('http://localhost:3000/'), data: {} } }]]);

/**
 * With what Svelte renders a page as it is sent without scripts.
 * @param loaded what its load gave
 * @param answered what an action gave that refused, where one did
 */
export function asSent(loaded: Outcome, answered?: Outcome): { props: never; context: typeof inRequest } {
  const data = 'data' in loaded ? loaded.data : null;
  const form = answered && 'shown' in answered ? answered.shown : null;
  return { props: { data, form, params: {} } as never, context: inRequest };
}
