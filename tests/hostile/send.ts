import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { Answer } from '../rights/knock.ts';
import { pathOf } from '../rights/knock.ts';
import type { Stage } from '../rights/stage.ts';
import { TABLE } from '../rights/table.ts';
import type { Attack, FieldChange, Trick } from './attacks.ts';

/** Milliseconds within which everything is answered. */
const PATIENCE = 10_000;
const BOUNDARY = 'rand';
/** Characters of a parameter, an id or a header: together less than the 16 KB that Node reads (tests/hostile/wire.test.ts). */
const MOST = 1_000;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Method and address of an attack, as they are sent. */
export function addressOf(stage: Stage, attack: Attack): { method: string; path: string } {
  const [wanted = 'GET', action = ''] = attack.request.split(' ');
  const line = TABLE[attack.route]?.[attack.request] ?? { who: [] };
  const place = stage[attack.at];
  let nth = 0;
  const clean = pathOf({ route: attack.route, request: attack.request, line, place }, (id) =>
    nth++ === attack.swap?.nth ? otherId(stage, attack, id) : id,
  );
  const data = attack.data ? `${clean === '' ? '' : '/'}__data.json` : '';
  const tricked = attack.trick === null ? `/${clean}` : withTrick(`/${clean}`, attack.trick, stage.server.url);
  const more = attack.query.map(([name, value]) => `${encode(name)}=${encode(value.slice(0, MOST))}`);
  const query = [action.slice(1), ...more].filter((part) => part !== '').join('&');
  return { method: attack.method ?? wanted, path: `${tricked}${data}${query === '' ? '' : `?${query}`}` };
}

/** Sends it, with this cookie. @throws Error when there is no whole answer in ten seconds */
export function send(stage: Stage, attack: Attack, cookie: string): Promise<Answer> {
  return ask(stage, attack, cookie).catch((cause: unknown) => {
    // The server ended a connection that was kept as we began to use it again: HTTP says to ask anew.
    if (cause instanceof EndedConnection) return ask(stage, attack, cookie);
    throw cause;
  });
}

class EndedConnection extends Error {}

function ask(stage: Stage, attack: Attack, cookie: string): Promise<Answer> {
  const { method, path } = addressOf(stage, attack);
  const isSafe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
  const body = isSafe ? null : bodyOf(stage, attack);
  const { url } = stage.server;
  const headers: OutgoingHttpHeaders = {
    ...{ host: new URL(url).host, accept: 'text/html', 'accept-encoding': 'identity', cookie },
    ...(attack.origin === 'none' ? {} : { origin: attack.origin === 'own' ? url : attack.origin }),
    ...(body === null ? {} : { 'content-type': printable(body.type), 'content-length': body.bytes.length }),
    ...Object.fromEntries(attack.headers.map(([name, value]) => [name, printable(value).slice(0, MOST)])),
  };
  return new Promise((resolve, reject) => {
    const target = { host: '127.0.0.1', port: new URL(url).port, method, path, headers, agent };
    const sent = httpRequest(target, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const head = JSON.stringify(Object.entries(response.headers).filter(([name]) => name !== 'set-cookie'));
        const text = `${head}\n${Buffer.concat(parts).toString()}`;
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null, text });
      });
    });
    sent.setTimeout(PATIENCE, () => sent.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      const wasEnded = sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(cause.code ?? '');
      reject(wasEnded ? new EndedConnection('ended', { cause }) : cause);
    });
    sent.end(body?.bytes);
  });
}

/** A cookie whose token was guessed, or which comes among those of others. */
export function cookieOf({ cookie }: Attack, own: string): string {
  if (cookie === 'own' || own === '') return own;
  if (cookie === 'among others') return `a=%ff; ${own}; __proto__=1; language=xx; ${'b=c; '.repeat(50)}=; ;`;
  const at = own.indexOf('=') + 5;
  return `${own.slice(0, at)}${own[at] === 'A' ? 'B' : 'A'}${own.slice(at + 1)}`;
}

function otherId(stage: Stage, { at, swap }: Attack, id: string): string {
  if (swap?.with !== null && swap?.with !== undefined) return encode(swap.with.slice(0, MOST)) || '-';
  const [from, to] = at === 'a' ? [stage.a, stage.b] : [stage.b, stage.a];
  const others: Record<string, string> = to.objects;
  return Object.entries(from.objects).flatMap(([name, own]) => (own === id ? [others[name] ?? id] : []))[0] ?? id;
}

function withTrick(path: string, trick: Trick, url: string): string {
  if (trick === 'UPPER') return path.toUpperCase();
  if (trick === 'DOUBLE SLASH') return path.replaceAll('/', '//');
  if (trick === 'ENCODED')
    return `/${[...path.slice(1)].map((sign) => (sign === '/' ? sign : `%${sign.charCodeAt(0).toString(16)}`)).join('')}`;
  if (trick === 'LONG') return `${path}/${'x'.repeat(3_000)}`;
  if (trick === 'ABSOLUTE') return `${url}${path}`;
  return `${path}${trick}`;
}

function bodyOf(stage: Stage, attack: Attack): { type: string; bytes: Buffer } {
  const { sends } = attack;
  if (sends.as === 'text') return { type: sends.type, bytes: Buffer.from(sends.text) };
  if (sends.as === 'bytes') return { type: sends.type, bytes: Buffer.from(sends.hex, 'hex') };
  const line = TABLE[attack.route]?.[attack.request];
  const made = line?.body?.(stage[attack.body].objects) ?? {};
  const isJson = 'json' in made && typeof made['json'] === 'object';
  const fields: [string, unknown][] = Object.entries(isJson ? (made['json'] as object) : made);
  const files = new Set<string>();
  for (const change of sends.fields) apply(change, fields, files);
  if (sends.as === 'json' || isJson) {
    return { type: 'application/json', bytes: Buffer.from(JSON.stringify(Object.fromEntries(fields))) };
  }
  const texts = fields.map(([name, value]): [string, string] => [name.toWellFormed(), String(value).toWellFormed()]);
  if (sends.as === 'form') {
    return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(new URLSearchParams(texts).toString()) };
  }
  const parts = texts.map(([name, value]) => {
    const file = files.has(name) ? '; filename="../../x.csv"\r\nContent-Type: application/zip' : '';
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name.replaceAll(/[\r\n"]/g, '_')}"${file}\r\n\r\n${value}\r\n`;
  });
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`),
  };
}

function apply(change: FieldChange, fields: [string, unknown][], files: Set<string>): void {
  if (typeof change.name === 'string') {
    if (change.kind !== 'set' && change.kind !== 'add') return;
    const at = fields.findIndex(([name]) => name === change.name);
    if (change.kind === 'add' || at < 0) fields.push([change.name, change.value]);
    else fields[at] = [change.name, change.value];
    return;
  }
  const at = change.name % Math.max(1, fields.length);
  const [name, value] = fields[at] ?? [null, null];
  if (name === null) return;
  if (change.kind === 'drop') fields.splice(at, 1);
  else if (change.kind === 'twice') fields.push([name, value]);
  else if (change.kind === 'as file') files.add(name);
  else if ('value' in change) fields[at] = [name, change.value];
}

const encode = (value: string) => encodeURIComponent(value.toWellFormed());
/** What a header can hold on the wire. */
const printable = (value: string) => value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?');
