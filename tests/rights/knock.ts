import type { Place, Stage } from './stage.ts';
import type { Line } from './table.ts';

/** One request of the table, at the things of one cohort. */
export type Request = { route: string; request: string; line: Line; place: Place };

/** What came back: status, where to, and all that could be read. */
export type Answer = { status: number; location: string | null; text: string };

const FIXED: Readonly<Record<string, string>> = {
  ...{ page: 'C1', aspect: 'C1.01', competency: 'C1', cluster: 'c1-contact', role: 'teacher', file: 'aspects.csv' },
};

/** The address of a route, its parameters filled in; `ids` is asked for each id, in their order. */
export function pathOf({ route, line, place }: Request, ids: (id: string) => string): string {
  const own = line.params?.(place.objects) ?? {};
  const objects: Readonly<Record<string, string>> = { ...FIXED, ...place.objects, ...own };
  return (
    route
      .split('/')
      .filter((part) => part !== '' && !part.startsWith('('))
      .map((part) => {
        const name = /^\[(\w+)\]$/.exec(part)?.[1];
        if (name === undefined) return part;
        const value = objects[name];
        if (value === undefined) throw new Error(`tests/rights/stage.ts: no object for [${name}] of ${route}`);
        return name in FIXED ? value : ids(value);
      })
      .join('/') || ''
  );
}

/** Headers that differ from one answer to the next: the etag is a hash of the bytes, one-time numbers included. */
const PASSING = ['date', 'etag', 'set-cookie'];

/** Of all headers of an answer; a reverse proxy keeps them in one buffer, and answers 502 where they do not fit. */
const HEADER_BYTES = 8_000;

/** Asks it with this cookie; `ids` puts other ids in the address, `data` asks for the page as the framework's script does. */
export async function knock(
  { server }: Pick<Stage, 'server'>,
  asked: Request,
  cookie: string,
  { ids = (id: string) => id, data = false } = {},
): Promise<Answer> {
  const [method = 'GET', query = ''] = asked.request.split(' ');
  const body = method === 'GET' || method === 'HEAD' ? null : (asked.line.body?.(asked.place.objects) ?? {});
  const path = pathOf(asked, ids);
  const url = `${server.url}/${path}${data ? `${path === '' ? '' : '/'}__data.json` : ''}${query}`;
  const json = body !== null && 'json' in body ? JSON.stringify(body['json']) : null;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...{ cookie, origin: server.url, accept: 'text/html', 'accept-encoding': 'identity' },
      ...(json === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body: json ?? new URLSearchParams(body as Record<string, string>) }),
  });
  const bytes = [...response.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (bytes > HEADER_BYTES) throw new Error(`${method} /${path} answers with ${bytes} bytes of headers`);
  const headers = [...response.headers].filter(([name]) => !PASSING.includes(name));
  const location = response.headers.get('location');
  return { status: response.status, location, text: `${JSON.stringify(headers)}\n${await response.text()}` };
}

/** Refused as the product refuses: whoever can do something about it is led there (`leads`); all else is not there. */
export function isRefusal({ status, location, text }: Answer, leads: string | null, data = false): boolean {
  if (status === 404) return true;
  if (leads !== null && status === 303) return location?.split('?')[0] === leads;
  if (!data || status !== 200) return false;
  // To its script the framework says so in a document of its own; where that leads is walked too.
  return text.includes('{"type":"redirect"') || /"type":"error","error":\{[^}]*\},"status":404/.test(text);
}

/** An answer without what differs from one to the next: one-time numbers of the policy, and the ids that were asked for. */
export function withoutIds({ status, location, text }: Answer): string {
  return `${status} ${location}\n${text}`
    .replaceAll(/nonce(="|-)[^"']+/g, 'nonce')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID');
}
