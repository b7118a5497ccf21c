import type { z } from 'zod';
import { FAULTS } from './faults.ts';
import type { FaultCode, FaultParams } from './faults.ts';
import { LIMITS } from './limits.ts';
import { instrumentSchema } from './schema.ts';
import type { Instrument } from './schema.ts';

export type Path = readonly (string | number)[];

/** A fault in a list's content, at a path in the value instead of a place in a file. */
export type Problem = {
  path: Path;
  code: FaultCode;
  params?: FaultParams;
  /** The fault is about the key that ends the path, not about its value. */
  atKey?: boolean;
  /** Where the code was used before; a reader turns it into the parameter `first`, a line. */
  firstPath?: Path;
};

/** Checks a value against the schema and looks for codes that are used twice. Returns every problem, not only the first. */
export function checkInstrument(
  value: unknown,
): { ok: true; instrument: Instrument } | { ok: false; problems: Problem[] } {
  const parsed = instrumentSchema.safeParse(value);
  const problems = [...repeatedCodes(value), ...tooManyAspects(value)];
  if (parsed.success && problems.length === 0) return { ok: true, instrument: parsed.data };
  const issues = parsed.success ? [] : parsed.error.issues;
  return { ok: false, problems: [...issues.flatMap((issue) => problemsOf(issue, value)), ...problems] };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, value: unknown): Problem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], code: 'key_unknown', params: { key }, atKey: true }));
  }
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value') && valueAt(value, path) === undefined) {
    return [{ path: path.slice(0, -1), code: 'key_missing', params: { key: String(path.at(-1) ?? '') } }];
  }
  if (issue.code === 'invalid_type') return [{ path, code: expectedCode(issue.expected) }];
  if (issue.code === 'invalid_value') {
    return [{ path, code: 'value_not_allowed', params: { allowed: issue.values.map(String).join(', ') } }];
  }
  if (issue.code === 'too_small') return [{ path, code: 'list_too_short', params: { min: Number(issue.minimum) } }];
  if (issue.code === 'too_big') {
    const code = issue.origin === 'string' ? 'text_too_long' : 'list_too_long';
    return [{ path, code, params: { max: Number(issue.maximum) } }];
  }
  const named: unknown = issue.code === 'custom' ? issue.params?.['fault'] : undefined;
  if (isFaultCode(named)) return [{ path, code: named }];
  throw new Error(`the schema of a list raised an issue that has no fault: ${issue.code}`);
}

function expectedCode(expected: string): FaultCode {
  if (expected === 'array') return 'list_expected';
  if (expected === 'object') return 'object_expected';
  return expected === 'number' ? 'number_expected' : 'text_expected';
}

function isFaultCode(value: unknown): value is FaultCode {
  return typeof value === 'string' && Object.hasOwn(FAULTS, value);
}

/** Codes must be unique in the whole list, keys of competencies and clusters too, a role may come once. */
function repeatedCodes(value: unknown): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, Path>();
  const note = (kind: string, code: unknown, path: Path) => {
    if (typeof code !== 'string' || code === '') return;
    const firstPath = seen.get(`${kind} ${code}`);
    if (firstPath === undefined) seen.set(`${kind} ${code}`, path);
    else problems.push({ path, code: 'code_repeated', params: { code }, firstPath });
  };
  for (const [role, path] of children([value, []], 'roles')) note('role', valueAt(role, ['key']), [...path, 'key']);
  for (const competency of children([value, []], 'competencies')) {
    note('competency key', valueAt(competency[0], ['key']), [...competency[1], 'key']);
    note('competency', valueAt(competency[0], ['code']), [...competency[1], 'code']);
    for (const cluster of children(competency, 'clusters')) {
      note('cluster', valueAt(cluster[0], ['key']), [...cluster[1], 'key']);
      for (const [aspect, path] of children(cluster, 'aspects')) {
        note('aspect', valueAt(aspect, ['code']), [...path, 'code']);
        for (const [role, rolePath] of children([aspect, path], 'observableBy')) {
          note(`seen ${path.join()}`, role, rolePath);
        }
      }
    }
  }
  return problems;
}

function tooManyAspects(value: unknown): Problem[] {
  const clusters = children([value, []], 'competencies').flatMap((each) => children(each, 'clusters'));
  const count = clusters.reduce((sum, each) => sum + children(each, 'aspects').length, 0);
  if (count <= LIMITS.aspects) return [];
  return [{ path: ['competencies'], code: 'too_many_aspects', params: { max: LIMITS.aspects } }];
}

type Placed = readonly [value: unknown, path: Path];

/** The items of a list inside a value that was not checked yet; none if there is no such list. */
function children([value, path]: Placed, name: string): Placed[] {
  const list = valueAt(value, [name]);
  return Array.isArray(list) ? list.map((item: unknown, index): Placed => [item, [...path, name, index]]) : [];
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}
