import { z } from 'zod';
import { isReservedCode, isSafeCode, isVersion, LIMITS } from '#lib/instrument/limits.ts';
import type { AspectDraft, TextDraft } from '#lib/instrument/list-draft.ts';
import type { CompetencyTexts } from '#lib/instrument/edit-draft.ts';
import type { Wording } from '#lib/instrument/reword.ts';
import { ROLES } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrors } from '#lib/text/fields.ts';
import { readForm } from './form-values.ts';

/** What was typed in a form about a list: to give back to the page, and to check. */
export type Typed = Record<string, string>;

/** What a form came to: the value, or a sentence a field that says what to mend. */
export type Read<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

/** A competency's texts, of which a few may be long. */
const LIST_FORM_BYTES = 256 * 1024;

/** Everything that was typed, and the boxes that were ticked (`roles`). */
export async function readTyped(request: Request): Promise<{ values: Typed; roles: string[]; revision: number }> {
  const data = await readForm(request, LIST_FORM_BYTES);
  const values: Typed = {};
  for (const [name, value] of data) if (typeof value === 'string') values[name] = value.replaceAll('\r\n', '\n');
  return { values, roles: data.getAll('roles').map(String), revision: revisionOf.parse(values['revision']) };
}

const revisionOf = z.coerce.number().int().catch(0);

/** The proposed wording that a page showed, and as it was then; null where it showed none. */
export function readSeen({ proposal, seen }: Typed): { id: string; revision: number } | null {
  return proposal ? { id: proposal, revision: revisionOf.parse(seen) } : null;
}

const required = (max: number) => z.string().trim().min(1).max(max);
const optional = (max: number) => z.string().trim().max(max).default('');
const code = required(LIMITS.code)
  .refine(isSafeCode)
  .refine((text) => !isReservedCode(text), { params: { text: 'reserved' } });

const named = z.object({
  key: required(LIMITS.key).refine(isSafeCode),
  version: required(LIMITS.version).refine(isVersion),
  title_nl: required(LIMITS.title),
  title_en: optional(LIMITS.title),
});

/** How a new list is called. `key` is given where a version of a list is made. */
export function readName(values: Typed): Read<{ key: string; version: string; title: TextDraft }> {
  return read(named, values, ({ key, version, title_nl, title_en }) => ({
    key,
    version,
    title: text(title_nl, title_en),
  }));
}

const details = named
  .omit({ key: true })
  .extend({ source_nl: optional(LIMITS.passage), source_en: optional(LIMITS.passage) })
  .refine((given) => given.source_en === '' || given.source_nl !== '', needsDutch('source_nl'));

/** The title, version and source of a draft. */
export function readDetails(values: Typed): Read<{ version: string; title: TextDraft; source: TextDraft | undefined }> {
  return read(details, values, (given) => ({
    version: given.version,
    title: text(given.title_nl, given.title_en),
    source: maybe(given.source_nl, given.source_en),
  }));
}

const title = z.object({ title_nl: required(LIMITS.title), title_en: optional(LIMITS.title) });

/** The title of a cluster. */
export function readTitle(values: Typed): Read<TextDraft> {
  return read(title, values, ({ title_nl, title_en }) => text(title_nl, title_en));
}

const lines = (max: number) =>
  optional(max * LIMITS.followUps).transform((typed) =>
    typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );

const competency = title
  .extend({
    code,
    description_nl: optional(LIMITS.passage),
    description_en: optional(LIMITS.passage),
    question_nl: optional(LIMITS.statement),
    question_en: optional(LIMITS.statement),
    look_back_nl: optional(LIMITS.statement),
    look_back_en: optional(LIMITS.statement),
    follow_ups_nl: lines(LIMITS.statement),
    follow_ups_en: lines(LIMITS.statement),
  })
  .refine((given) => given.description_en === '' || given.description_nl !== '', needsDutch('description_nl'))
  .refine(({ question_nl: now, look_back_nl: then }) => (now === '') === (then === ''), {
    path: ['question_nl'],
    params: { text: 'scale' },
  });

/** What is said of a competency, with its scale question. */
export function readCompetency(values: Typed): Read<CompetencyTexts> {
  return read(competency, values, (given) => ({
    code: given.code,
    title: text(given.title_nl, given.title_en),
    description: maybe(given.description_nl, given.description_en),
    scaleQuestion:
      given.question_nl === ''
        ? undefined
        : {
            question: text(given.question_nl, given.question_en),
            lookBack: text(given.look_back_nl, given.look_back_en),
            followUps: given.follow_ups_nl.map((nl, index) => text(nl, given.follow_ups_en[index] ?? '')),
          },
  }));
}

const aspect = z
  .object({
    code,
    other_nl: required(LIMITS.statement),
    other_en: optional(LIMITS.statement),
    self_nl: required(LIMITS.statement),
    self_en: optional(LIMITS.statement),
    explain_nl: optional(LIMITS.explain),
    explain_en: optional(LIMITS.explain),
    roles: z.array(z.enum(ROLES)).min(1),
  })
  .refine((given) => given.explain_en === '' || given.explain_nl !== '', needsDutch('explain_nl'));

/** An aspect with both statements, its explanation and who can see it. */
export function readAspect(values: Typed, roles: readonly string[]): Read<AspectDraft> {
  return read(aspect, { ...values, roles }, (given) => ({
    code: given.code,
    other: text(given.other_nl, given.other_en),
    self: text(given.self_nl, given.self_en),
    explain: maybe(given.explain_nl, given.explain_en),
    observableBy: given.roles.length === ROLES.length ? undefined : given.roles,
  }));
}

const wording = z.object({
  other_nl: required(LIMITS.statement),
  other_en: optional(LIMITS.statement),
  self_nl: required(LIMITS.statement),
  self_en: optional(LIMITS.statement),
  reason: required(LIMITS.explain),
});

/** How somebody would rather ask an aspect, and why. */
export function readWording(values: Typed): Read<Wording & { reason: string }> {
  return read(wording, values, (given) => ({
    other: { nl: given.other_nl, en: given.other_en },
    self: { nl: given.self_nl, en: given.self_en },
    reason: given.reason,
  }));
}

function needsDutch(field: string) {
  return { path: [field], params: { text: 'dutch' } };
}

/** Missing English is left out, so that the Dutch stands in its place. */
function text(nl: string, en: string): TextDraft {
  return en === '' ? { nl } : { nl, en };
}

function maybe(nl: string, en: string): TextDraft | undefined {
  return nl === '' ? undefined : text(nl, en);
}

function read<S extends z.ZodType, T>(schema: S, values: unknown, made: (given: z.output<S>) => T): Read<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, value: made(parsed.data) };
  const errors = fieldErrors(parsed.error);
  const told = new Set<string>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0]);
    // As above, the first thing that is wrong: an empty code is no safe one either.
    if (told.has(field)) continue;
    told.add(field);
    if (issue.code === 'custom') errors[field] = ownText(field, issue.params?.['text']);
    else if (field === 'roles') errors[field] = m.list_observable_none();
  }
  return { ok: false, errors };
}

function ownText(field: string, rule: unknown): string {
  if (rule === 'dutch') return m.list_explain_needs_dutch();
  if (rule === 'scale') return m.list_scale_question_partly();
  if (rule === 'reserved') return m.list_code_reserved();
  return field === 'code' ? m.list_code_wrong() : m.list_field_key_wrong();
}
