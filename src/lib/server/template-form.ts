import { templateSchema } from '#lib/programme/schema.ts';
import type { Template } from '#lib/programme/schema.ts';
import { m } from '#lib/paraglide/messages.js';

/**
 * A template as a form: each field is named by its place in the document (`sessions.3.title.nl`), so that what is wrong is
 * shown where it stands. `remove.sessions.3` takes a line out; the line to add is none as long as nothing is typed in it.
 */
type Values = Readonly<Record<string, string>>;

/** The parts of a template that are lists. Ambitions keep their aspects: only their words are in the form. */
const LISTS = ['sessions', 'assignments', 'rounds', 'ambitions'] as const;
const NUMBERS = new Set(['year', 'week', 'hours', 'years', 'hoursPerYear', 'min', 'max']);

/** @returns the template, or a sentence at each field that is wrong; `form` where it is about the whole */
export function readTemplate(
  values: Values,
  before: Template,
): { template: Template } | { errors: Record<string, string> } {
  const kept = new Map(LISTS.map((list) => [list, linesOf(values, list, before[list].length)]));
  const lines = (list: (typeof LISTS)[number]) => (kept.get(list) ?? []).map(({ line }) => line);
  const parsed = templateSchema.safeParse({
    ...before,
    title: text(values, 'title'),
    about: text(values, 'about'),
    years: number(values['years']),
    hoursPerYear: number(values['hoursPerYear']),
    places: {
      ...{ min: number(values['places.min']) ?? null, max: number(values['places.max']) ?? null },
      ...{ pairs: values['places.pairs'] === 'yes', pairsFirst: values['places.pairs'] === 'yes' },
    },
    ...{ sessions: lines('sessions'), assignments: lines('assignments'), rounds: lines('rounds') },
    ambitions: (kept.get('ambitions') ?? []).map(({ index, line }) => ({ ...before.ambitions[index], ...line })),
  });
  if (parsed.success) return { template: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path } of parsed.error.issues) {
    const [list, at, ...rest] = path.map(String);
    const index = kept.get(list as (typeof LISTS)[number])?.[Number(at)]?.index;
    const field = index === undefined ? path.join('.') : [list, index, ...rest].join('.');
    // Where the Dutch is missing so is the English: said once, where it is to be typed.
    if (path.at(-1) === 'en' && (values[field] ?? '').trim() === '') continue;
    errors[field === '' ? 'form' : field] ??= faultOf(values, field);
  }
  return { errors };
}

function faultOf(values: Values, field: string): string {
  if (NUMBERS.has(field.split('.').at(-1) ?? '')) return m.template_fault_number();
  return (values[field] ?? '').trim() === '' ? m.field_error_empty() : m.field_error_other();
}

/** What a template says in the fields of its form. */
export function templateValues(template: Template): Record<string, string> {
  const values: Record<string, string> = {};
  const put = (value: unknown, path: string): void => {
    if (value === null || value === undefined) values[path] = '';
    else if (typeof value === 'object')
      for (const [key, part] of Object.entries(value)) put(part, path === '' ? key : `${path}.${key}`);
    else values[path] = value === true ? 'yes' : value === false ? '' : String(value);
  };
  put(template, '');
  return values;
}

/**
 * What was typed and is not what the template says now, for whoever is told that somebody changed it meanwhile: a field of
 * the template, or a list with a line of it in words. Lines have no names of their own, so they are compared as a whole.
 */
export function typedBeside(values: Values, now: Template): { field: string; value: string }[] {
  const stored = templateValues(now);
  const isOfList = (field: string) => LISTS.some((list) => field.startsWith(`${list}.`));
  const fields = Object.keys(stored).filter((field) => !isOfList(field) && values[field] !== undefined);
  return [
    ...fields
      .map((field) => ({ field, value: values[field]?.trim() ?? '' }))
      .filter(({ field, value }) => value !== stored[field]),
    ...LISTS.flatMap((list) => {
      const known = new Set(linesOf(stored, list, 0).map(({ line }) => wordsOf(line)));
      const typed = linesOf(values, list, 0).map(({ line }) => wordsOf(line));
      return typed.filter((words) => !known.has(words)).map((value) => ({ field: list, value }));
    }),
  ];
}

function wordsOf(line: Record<string, unknown>): string {
  const words = Object.entries(line).flatMap(([field, part]) =>
    field === 'event' ? m.course_field_event() : Object.values(typeof part === 'object' ? (part ?? {}) : { part }),
  );
  return [...new Set(words.filter((word) => word !== undefined && word !== '').map(String))].join(' · ');
}

/** The lines of a list that stay, each with its place in the form. `count`: how many there were, before the one to add. */
function linesOf(values: Values, list: string, count: number): { index: number; line: Record<string, unknown> }[] {
  const names = Object.keys(values).filter((name) => name.startsWith(`${list}.`));
  const indexes = [...new Set(names.map((name) => Number(name.split('.')[1])))].toSorted((a, b) => a - b);
  return indexes
    .filter((index) => Number.isInteger(index) && values[`remove.${list}.${index}`] === undefined)
    .filter((index) => index < count || names.some((name) => isTyped(values, `${list}.${index}.`, name)))
    .map((index) => ({ index, line: lineOf(values, list, index) }));
}

const isTyped = (values: Values, at: string, name: string) => name.startsWith(at) && values[name]?.trim() !== '';

function lineOf(values: Values, list: string, index: number): Record<string, unknown> {
  const at = `${list}.${index}`;
  const line: Record<string, unknown> = {};
  for (const field of ['year', 'week', 'hours'] as const) {
    if (values[`${at}.${field}`] !== undefined) line[field] = number(values[`${at}.${field}`]);
  }
  for (const field of ['start', 'end', 'name'] as const) {
    if (values[`${at}.${field}`] !== undefined) line[field] = values[`${at}.${field}`]?.trim();
  }
  for (const field of ['title', 'about'] as const) {
    if (values[`${at}.${field}.nl`] !== undefined) line[field] = text(values, `${at}.${field}`);
  }
  if (values[`${at}.event`] === 'two_day') line['event'] = 'two_day';
  if (values[`${at}.kind`] === 'action_plan') line['kind'] = 'action_plan';
  return line;
}

/** Where the English is missing the Dutch stands, as in a list. */
function text(values: Values, at: string): { nl: string; en: string } {
  const nl = (values[`${at}.nl`] ?? '').trim();
  return { nl, en: (values[`${at}.en`] ?? '').trim() || nl };
}

function number(typed: string | undefined): number | undefined {
  const digits = (typed ?? '').trim().replace(',', '.');
  return digits === '' || Number.isNaN(Number(digits)) ? undefined : Number(digits);
}
