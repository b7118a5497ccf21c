import { z } from 'zod';

/** Longest texts, in characters, and largest numbers: enough for a programme of ten years. */
export const LIMITS = {
  ...{ key: 60, version: 20, title: 120, about: 1_000, place: 200, roundName: 20 },
  ...{ years: 10, week: 550, hours: 400, people: 500, items: 200 },
} as const;

/** A text in both languages of the interface. */
const localized = (max: number) =>
  z.strictObject({ nl: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });

/** A time of the schools' clock. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Weeks after the first day of the programme. */
const week = z.int().min(0).max(LIMITS.week);
const year = z.int().min(1).max(LIMITS.years);
const hours = z.number().min(0).max(LIMITS.hours);

const session = z
  .strictObject({
    ...{ year, week, start: time, end: time, hours },
    title: localized(LIMITS.title),
    about: localized(LIMITS.about),
    /** A half-day that belongs to an event of two days; without it the half-day stands alone. */
    event: z.literal('two_day').optional(),
  })
  .refine(({ start, end }) => start < end, { path: ['end'] });

const assignment = z.strictObject({
  year,
  week,
  hours,
  title: localized(LIMITS.title),
  about: localized(LIMITS.about),
  /** The personal action plan, which has a page of its own; left out for any other assignment. */
  kind: z.literal('action_plan').optional(),
});

const ambition = z.strictObject({
  title: localized(LIMITS.title),
  /** The key of the list whose aspects stand for this ambition. */
  list: z.string().min(1).max(LIMITS.key),
  aspects: z.array(z.string().min(1).max(LIMITS.key)).min(1),
});

/** The name of a round in a plan: it stands in the fields of a form. */
export const roundName = z
  .string()
  .trim()
  .min(1)
  .max(LIMITS.roundName)
  .regex(/^[\p{L}\d.-]+$/u);

const round = z.strictObject({ name: roundName, week });

/** What a programme is made from (product.md, Programmes that ship as templates). A published version never changes. */
export const templateSchema = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .max(LIMITS.key),
    version: z.string().trim().min(1).max(LIMITS.version),
    title: localized(LIMITS.title),
    about: localized(LIMITS.about),
    /** What whoever uses it has to know first; left out when there is nothing. */
    note: localized(LIMITS.title).optional(),
    years: year,
    hoursPerYear: hours,
    /** How many may take part; null means no limit. With `pairs` director and IB'er of a school take part together. */
    places: z.strictObject({
      min: z.int().min(1).max(LIMITS.people).nullable(),
      max: z.int().min(1).max(LIMITS.people).nullable(),
      pairsFirst: z.boolean(),
      pairs: z.boolean(),
    }),
    rounds: z
      .array(round)
      .max(LIMITS.items)
      .refine((rounds) => new Set(rounds.map(({ name }) => name)).size === rounds.length),
    sessions: z.array(session).min(1).max(LIMITS.items),
    assignments: z.array(assignment).max(LIMITS.items),
    ambitions: z.array(ambition).max(LIMITS.items),
    /** The keys of the lists that its rounds ask, the usual one first; without any whoever plans chooses. */
    lists: z.array(z.string().max(LIMITS.key)),
  })
  .refine(({ places: { min, max } }) => min === null || max === null || min <= max, { path: ['places'] });

export type Template = z.output<typeof templateSchema>;
/** A text of a template in both languages. */
