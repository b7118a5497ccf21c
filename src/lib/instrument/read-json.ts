import { createScanner, findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { FaultList } from './faults.ts';
import type { FaultCode, Position, Refusal } from './faults.ts';
import { LIMITS } from './limits.ts';
import { checkInstrument } from './problems.ts';
import type { Path, Problem } from './problems.ts';
import type { Instrument } from './schema.ts';
import { openSource, positions } from './source-text.ts';

/** A list has seven levels; more than this is no list and would exhaust the parser's stack. */
const MAX_DEPTH = 32;

type Locate = (offset: number) => Position;
type SyntaxFault = Exclude<FaultCode & `json_${string}`, 'json_too_deep' | 'json_duplicate_key'>;

/**
 * Reads a list from JSON in the shape of ib-180.json. Each fault names the line and column in the source. Refused
 * too: a byte order mark (RFC 8259 §8.1), comments, trailing commas, a key twice in one object, text that is not UTF-8.
 */
export function readInstrumentJson(input: string | Uint8Array): { ok: true; instrument: Instrument } | Refusal {
  const faults = new FaultList();
  const source = openSource(input, LIMITS.fileBytes, faults);
  if (source === null) return faults.refusal();
  const locate = positions(source.text);
  if (source.hadByteOrderMark) faults.add('byte_order_mark', { line: 1, column: 1 });
  const tree = readTree(source.text, locate, faults);
  if (tree === null || faults.total > 0) return faults.refusal();

  const checked = checkInstrument(JSON.parse(source.text));
  if (checked.ok) return checked;
  for (const problem of checked.problems) addProblem(tree, problem, locate, faults);
  return faults.refusal();
}

/** The syntax tree, or null with at least one fault. */
function readTree(text: string, locate: Locate, faults: FaultList): Node | null {
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== null) {
    faults.add('json_too_deep', locate(tooDeep), { max: MAX_DEPTH });
    return null;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lines = new Set<number>();
  for (const { error, offset } of errors) {
    // One slip makes the parser stumble several times on its line; the first is the one to mend.
    const at = locate(offset);
    if (!lines.has(at.line)) faults.add(syntaxFault(error), at);
    lines.add(at.line);
  }
  if (tree === undefined || errors.length > 0) return null;
  if (!isJson(text)) {
    faults.add('json_bad_value', { line: 1, column: 1 });
    return null;
  }
  addRepeatedKeys(tree, locate, faults);
  return tree;
}

/** The offset of the first bracket that opens one level too many, or null. */
function firstTooDeep(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth += 1;
    else if (first === '}' || first === ']') depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return null;
}

function syntaxFault(error: ParseError['error']): SyntaxFault {
  switch (printParseErrorCode(error)) {
    case 'PropertyNameExpected':
      return 'json_name_expected';
    case 'ValueExpected':
      return 'json_value_expected';
    case 'ColonExpected':
      return 'json_colon_expected';
    case 'CommaExpected':
      return 'json_comma_expected';
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
      return 'json_not_closed';
    case 'EndOfFileExpected':
      return 'json_text_after_end';
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return 'json_comment';
    case 'UnexpectedEndOfString':
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
    case 'InvalidCharacter':
      return 'json_bad_string';
    default:
      return 'json_bad_value';
  }
}

/** The tree parser is slightly more lenient than the language (white space, control characters). */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function addRepeatedKeys(node: Node, locate: Locate, faults: FaultList): void {
  const first = new Map<unknown, number>();
  for (const child of node.children ?? []) {
    const name = node.type === 'object' ? child.children?.[0] : undefined;
    if (name !== undefined) {
      const before = first.get(name.value);
      if (before === undefined) first.set(name.value, name.offset);
      else {
        faults.add('json_duplicate_key', locate(name.offset), { key: String(name.value), first: locate(before).line });
      }
    }
    addRepeatedKeys(child, locate, faults);
  }
}

function addProblem(tree: Node, problem: Problem, locate: Locate, faults: FaultList): void {
  const params = problem.firstPath
    ? { ...problem.params, first: locate(offsetOf(tree, problem.firstPath, false)).line }
    : problem.params;
  faults.addFound({ ...locate(offsetOf(tree, problem.path, problem.atKey ?? false)), code: problem.code, params });
}

/** Where the value at a path starts, or the key before it. A path that is not in the source gives its nearest parent. */
function offsetOf(tree: Node, path: Path, atKey: boolean): number {
  const node = findNodeAtLocation(tree, [...path]);
  if (node === undefined) return path.length === 0 ? tree.offset : offsetOf(tree, path.slice(0, -1), false);
  return atKey && node.parent?.type === 'property' ? node.parent.offset : node.offset;
}
