import { z } from 'zod';
import { STANDARD_SCALE } from './defaults.ts';
import { isReservedCode, isSafeCode, isVersion, LIMITS } from './limits.ts';
import { ROLES } from './types.ts';
import type { Localized } from './types.ts';

/** The fault that a refinement stands for; problems.ts reads it back from the issue. */
const fault = (code: string) => ({ params: { fault: code } });

const filled = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.trim() !== '', fault('text_empty'));

/** Dutch is required. English that is missing or blank is replaced by the Dutch text, so that no page has a hole. */
const dutchFirst = ({ nl, en }: { nl: string; en?: string | undefined }): Localized => ({
  nl,
  en: en === undefined || en.trim() === '' ? nl : en,
});
const languages = (max: number) => ({ nl: filled(max), en: z.string().max(max).optional() });
const localized = (max: number) => z.strictObject(languages(max)).transform(dutchFirst);

const code = z.string().max(LIMITS.code).refine(isSafeCode, fault('code_unsafe'));
const entryCode = code.refine((text) => !isReservedCode(text), fault('code_reserved'));
const key = z.string().max(LIMITS.key).refine(isSafeCode, fault('code_unsafe'));

const label = z
  .strictObject({ value: z.number(), ...languages(LIMITS.title) })
  .transform(({ value, ...texts }) => ({ value, ...dutchFirst(texts) }));

const reason = z
  .strictObject({ key: z.literal(['not_seen', 'unclear']), ...languages(LIMITS.title) })
  .transform((texts) => ({ key: texts.key, ...dutchFirst(texts) }));

const scale = z.strictObject({
  min: z.literal(1),
  max: z.literal(5),
  labels: z
    .array(label)
    .refine((labels) => labels.map(({ value }) => value).join() === '1,2,3,4,5', fault('scale_labels_incomplete')),
  cannotJudge: localized(LIMITS.title).default(STANDARD_SCALE.cannotJudge),
  unclear: localized(LIMITS.title).default(STANDARD_SCALE.unclear),
  cannotJudgeReasons: z
    .array(reason)
    .refine((reasons) => new Set(reasons.map((each) => each.key)).size === reasons.length && reasons.length === 2, {
      ...fault('reasons_incomplete'),
    })
    .default(STANDARD_SCALE.cannotJudgeReasons),
});

const role = z.strictObject({ key: z.enum(ROLES), title: localized(LIMITS.title), intro: localized(LIMITS.passage) });

const aspect = z.strictObject({
  code: entryCode,
  other: localized(LIMITS.statement),
  self: localized(LIMITS.statement),
  explain: localized(LIMITS.explain).optional(),
  observableBy: z.array(z.enum(ROLES)).min(1).max(ROLES.length).optional(),
});

const cluster = z.strictObject({
  key,
  title: localized(LIMITS.title),
  aspects: z.array(aspect).min(1).max(LIMITS.aspects),
});

const scaleQuestion = z.strictObject({
  question: localized(LIMITS.statement),
  followUps: z.array(localized(LIMITS.statement)).max(LIMITS.followUps),
  lookBack: localized(LIMITS.statement),
});

const competency = z.strictObject({
  key,
  code: entryCode,
  title: localized(LIMITS.title),
  description: localized(LIMITS.passage).optional(),
  scaleQuestion: scaleQuestion.optional(),
  clusters: z.array(cluster).min(1).max(LIMITS.clusters),
});

/** The shape of a list (interfaces.md, Instrument JSON). Codes that are used twice are looked for in problems.ts. */
export const instrumentSchema = z.strictObject({
  key,
  version: z.string().max(LIMITS.version).refine(isVersion, fault('version_malformed')),
  title: localized(LIMITS.title),
  source: localized(LIMITS.passage).optional(),
  scale,
  roles: z.array(role).min(1).max(ROLES.length),
  competencies: z.array(competency).min(1).max(LIMITS.competencies),
});

/** A list that was checked: every text in both languages; `observableBy` that is missing means all roles. */
export type Instrument = z.output<typeof instrumentSchema>;
export type Competency = Instrument['competencies'][number];
export type Cluster = Competency['clusters'][number];
export type Aspect = Cluster['aspects'][number];
