import fc from 'fast-check';
import { TABLE } from '../rights/table.ts';
import * as values from './values.ts';

/** A request that somebody hostile makes, as a change of one that the table of rights has. All of it can be printed. */
export type Attack = {
  who: string;
  route: string;
  request: string;
  /** The cohort whose things the address names, and that whose things its form names. */
  at: 'a' | 'b';
  body: 'a' | 'b';
  /** As the framework's script asks for it. */
  data: boolean;
  /** What is put in the place of one id of the address: that of the other cohort, or a text. */
  swap: { nth: number; with: string | null } | null;
  trick: Trick | null;
  method: string | null;
  query: [string, string][];
  headers: [string, string][];
  origin: 'own' | 'none' | 'null' | 'https://evil.example';
  cookie: 'own' | 'tampered' | 'among others';
  sends: Sends;
};

/** What is sent: the form of the table with some of its fields changed, or something else altogether. */
export type Sends =
  | { as: 'form' | 'multipart' | 'json'; fields: FieldChange[] }
  | { as: 'text'; type: string; text: string }
  | { as: 'bytes'; type: string; hex: string };

export type FieldChange =
  { kind: 'set' | 'add'; name: string | number; value: string } | { kind: 'drop' | 'twice' | 'as file'; name: number };

/** What is done to a path beside its ids. */
export type Trick = (typeof TRICKS)[number];
export const TRICKS = [
  ...[
    '/',
    '/.',
    '/..',
    '//',
    '/%2e%2e/%2e%2e',
    '%2f..%2f',
    '/..%5c',
    '%00',
    '%',
    '%zz',
    '%c0%ae',
    '%ff',
    ';x=1',
    '.json',
  ],
  ...['/__data.json', '__data.json', '.html__data.json', '/__route.js', '?', '#', '%20', '%0d%0aSet-Cookie:%20a=b'],
  ...['UPPER', 'DOUBLE SLASH', 'ENCODED', 'LONG', 'ABSOLUTE'],
] as const;

const lines = Object.entries(TABLE).flatMap(([route, requests]) =>
  Object.keys(requests).map((request) => ({ route, request })),
);

const often = <T, U>(usual: T, hostile: fc.Arbitrary<U>, weight = 7): fc.Arbitrary<T | U> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: hostile });

const TYPES = [
  ...['application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=', 'text/plain'],
  ...[
    'application/json',
    'application/json; charset=utf-16',
    'application/xml',
    'application/zip',
    '',
    '/',
    'a'.repeat(1_000),
  ],
  'multipart/form-data; boundary=x',
];

const header: fc.Arbitrary<[string, string]> = fc.tuple(
  fc.constantFrom(
    ...['accept', 'accept-language', 'accept-encoding', 'user-agent', 'referer', 'range', 'if-none-match', 'forwarded'],
    ...[
      'if-modified-since',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-http-method-override',
      'host',
    ],
    ...[
      'x-sveltekit-action',
      'x-original-url',
      'content-encoding',
      'content-language',
      'sec-fetch-site',
      'cache-control',
    ],
  ),
  fc.oneof(
    fc.constantFrom(
      '*/*',
      'application/json',
      'gzip',
      'br;q=1',
      'identity;q=0',
      'bytes=0-',
      '"x"',
      'evil.example',
      'DELETE',
    ),
    values.text,
  ),
);

const field: fc.Arbitrary<FieldChange> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('set' as const), name: fc.nat(5), value: values.text }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('set' as const, 'add' as const),
      name: values.name,
      value: values.text,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('drop', 'twice', 'as file'), name: fc.nat(5) }) },
);

const sends: fc.Arbitrary<Sends> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      as: fc.constantFrom('form', 'multipart', 'json'),
      fields: fc.array(field, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      as: fc.constant('text' as const),
      type: fc.constant('application/json'),
      text: values.json,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ as: fc.constant('text' as const), type: fc.constantFrom(...TYPES), text: values.text }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      as: fc.constant('bytes' as const),
      type: fc.constantFrom(...TYPES),
      hex: values.bytes.map((each) => each.toString('hex')),
    }),
  },
);

/** Every attack by these people. */
export function attacks(people: readonly string[]): fc.Arbitrary<Attack> {
  const place = fc.constantFrom('a' as const, 'b' as const);
  return fc
    .record({
      who: fc.constantFrom(...people),
      line: fc.constantFrom(...lines),
      at: place,
      body: place,
      data: often(false, fc.constant(true), 4),
      swap: often(null, fc.record({ nth: fc.nat(2), with: fc.oneof(fc.constant(null), values.text) }), 3),
      trick: often(null, fc.constantFrom(...TRICKS)),
      method: often(
        null,
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'),
        9,
      ),
      query: often([], fc.array(fc.tuple(values.name, values.text), { minLength: 1, maxLength: 3 }), 3),
      headers: often([], fc.array(header, { minLength: 1, maxLength: 3 }), 2),
      origin: often<Attack['origin'], Attack['origin']>(
        'own',
        fc.constantFrom('none', 'null', 'https://evil.example'),
        12,
      ),
      cookie: often<Attack['cookie'], Attack['cookie']>('own', fc.constantFrom('tampered', 'among others'), 9),
      sends: often<Sends, Sends>({ as: 'form', fields: [] }, sends, 1),
    })
    .map(({ line, ...rest }) => ({ ...line, ...rest }));
}
