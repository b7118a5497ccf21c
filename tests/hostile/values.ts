import fc from 'fast-check';

/** What breaks programs that read what they are sent: known strings, and random ones. */
const KNOWN = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    'NaN',
    'Infinity',
    '1e309',
    '9007199254740993',
    '٣',
    '1,5',
    'null',
    'undefined',
    'true',
    '[]',
  ],
  ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', '__proto__[x]', 'a[b][c]'],
  ...["'; drop table answer; --", '" or 1=1', "') union select * from user --", '%', '_', '*'],
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '{{7*7}}', '${7*7}', '</textarea>', '&amp;'],
  ...['=1+1', '=cmd|"/c calc"!A1', '@SUM(1)', '+31', '-2', '\t=1', '\r=1', '＝1'],
  ...['a\r\nBcc: x@evil.example', 'a\nSet-Cookie: x=1', 'x@post.example\0', 'x@post.example,y@evil.example'],
  ...['../../../etc/passwd', '..\\..\\secret', 'C:\\x', '/etc/passwd', 'file:///etc/passwd', 'con', '.'],
  ...['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/%2f/evil.example'],
  ...['\0', 'a\0b', '\u202Eabc', '\uFEFF', '\uD800', 'e\u0301', '👩‍👩‍👧', 'İ', 'ß', '\u2028', '\v\f\b', '\u007F'],
  ...['2026-02-30', '0000-00-00', '9999-12-31', '10000-01-01', '+275760-09-13', '31-02-2026', '2026-13-01', '24:00'],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'C1.01', 'C9', 'C1.01.reason'],
];

/** A text that somebody hostile types. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.constantFrom(300, 5_000, 100_000).map((length) => 'lang '.repeat(length / 5)) },
);

/** A name of a field or parameter, the product's own among them. */
export const name: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['name', 'email', 'version', 'school', 'member', 'role', 'who', 'user', 'session', 'mail', 'invitation', 'mode'],
    ...['to', 'go', 'before', 'language', 'code', 'password', 'closesOn', 'opensOn', 'brin', 'text', 'file', 'consent'],
    ...['page', 'filter', 'sort', 'from', 'round', 'action', 'x-sveltekit-invalidated', 'x-sveltekit-trailing-slash'],
  ),
  text.filter((value) => value.length < 100),
);

/** JSON of any kind: another type than asked for, prototype keys, deep, long. */
export const json: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.json({ maxDepth: 4 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '{"__proto__":{"actor":"admin"}}',
        '{"constructor":{"prototype":{"x":1}}}',
        '{"score":1e400}',
        '{"score":01}',
      ],
      ...['[', '"\\ud800"', '{"a":1,"a":2}', 'nul', '\uFEFF{}', '{"changedAt":-1}', '{"changedAt":9007199254740993}'],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 100_000).map((deep) => '['.repeat(deep) + ']'.repeat(deep)) },
  { weight: 1, arbitrary: fc.constantFrom(20_000, 1_000_000).map((long) => JSON.stringify('x'.repeat(long))) },
);

/** Bytes that are no text. */
export const bytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
  fc.constantFrom('c080', 'ff', 'eda080', 'f4908080', '6e616d653dff', '504b0304').map((hex) => Buffer.from(hex, 'hex')),
);
