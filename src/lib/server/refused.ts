import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Whether this request was refused for want of a right. The answer does not tell it from what is not there (product.md,
 * Roles and rights), so it is noted aside, for the log: by the route's guard (`page`) or by a service (`object`, which then
 * exists).
 */
export type Refused = 'page' | 'object';

const requests = new AsyncLocalStorage<{ refused: Refused | null }>();

/** Answers a request of somebody with an account; tells afterwards when something of it was refused. */
export async function watchRefusals<T>(work: () => Promise<T>, tell: (refused: Refused) => Promise<void>): Promise<T> {
  const request: { refused: Refused | null } = { refused: null };
  try {
    return await requests.run(request, work);
  } finally {
    if (request.refused !== null) await tell(request.refused);
  }
}

/** Outside a watched request (a rater, a visitor, a command) nobody is told. */
export function noteRefusal(refused: Refused): void {
  const request = requests.getStore();
  if (request) request.refused = refused;
}
