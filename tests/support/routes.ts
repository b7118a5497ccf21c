import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A route of the built server: a page (GET) with its actions (POST), an endpoint with its methods, or both. */
export type BuiltRoute = { id: string; isPage: boolean; methods: string[]; actions: string[] };

const script = fileURLToPath(new URL('print-routes.mjs', import.meta.url));

/**
 * Every route that the built server answers, from the manifest that it is made with: nothing that can be asked for is left
 * out, and nothing is listed by hand.
 * @throws Error when there is no build
 */
export function builtRoutes(): BuiltRoute[] {
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as BuiltRoute[];
}

/** What can be asked of a route, by the words of the table of rights: `GET`, `PUT`, or `POST ?/release` for an action. */
export function requestsOf({ isPage, methods, actions }: BuiltRoute): string[] {
  return [
    ...(isPage ? ['GET'] : []),
    ...methods.filter((method) => !isPage || method !== 'GET'),
    ...actions.map((action) => (action === 'default' ? 'POST' : `POST ?/${action}`)),
  ];
}
