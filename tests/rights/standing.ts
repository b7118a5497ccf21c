import type { Place, Stage } from './stage.ts';
import type { Line, Standing } from './table.ts';

/** Everybody on the stage by what they are towards cohort A, or cohort B. */
const TOWARDS: Record<'a' | 'b', Record<Exclude<Standing, 'everybody' | 'has account'>, readonly string[]>> = {
  a: {
    'any trainer': ['trainer A', 'trainer B'],
    'any steering': ['steering', 'other steering'],
    admin: ['admin'],
    trainer: ['trainer A'],
    'trainer who sees schools': ['trainer A'],
    school: ["IB'er A", 'director A'],
    director: ['director A'],
    form: ['rater with the open form'],
  },
  b: {
    'any trainer': ['trainer A', 'trainer B'],
    'any steering': ['steering', 'other steering'],
    admin: ['admin'],
    trainer: ['trainer B'],
    'trainer who sees schools': [],
    school: [],
    director: [],
    form: ['rater with the sent form'],
  },
};

export const hasAccount = (stage: Stage, name: string) => 'userId' in (stage.people[name] ?? {});

/** Whether the table lets this person do that with the things of this cohort. */
export function isAllowed(stage: Stage, { who }: Line, name: string, place: Place): boolean {
  return who.some((standing) => {
    if (standing === 'everybody') return true;
    if (standing === 'has account') return hasAccount(stage, name);
    return TOWARDS[place === stage.a ? 'a' : 'b'][standing].includes(name);
  });
}

/**
 * The marks that somebody may come to read anywhere (a file's name goes on after the school's). A mark is `mark-<cohort>-…`: of an address it ends in `@`, `draft` and
 * `note` are a rater's own, `remark` a remark of a released report. Steering groups and administrators read no remarks, no
 * addresses and no names of raters, but for the administrator's log, which names who was invited where.
 */
const MAY_READ: Readonly<Record<string, RegExp>> = {
  'trainer A': /^mark-a-(?!note|draft)/,
  'trainer B': /^mark-b-(?!note|draft|remark)/,
  steering: /^mark-[ab]-cohort$/,
  'other steering': /^mark-c-(cohort|programme|partnership)$/,
  admin: /^mark-(?!.*@)(?!.*-(note|draft|remark))/,
  'director A': /^mark-a-(cohort$|own-school(-t)?$|own-(director|ib)\w$|remark-)/,
  "IB'er A": /^mark-a-(cohort$|own-school(-t)?$|own-(director|ib)\w$|remark-)/,
  "next IB'er A": /^mark-a-(cohort$|next-school$|next-(director|ib)\w$|remark-)/,
  // The account's own name.
  'teacher A': /^mark-a-own-teacher\w$/,
  'rater with the open form': /^mark-a-(cohort$|own-school$|own-(director|ib)\w$|draft$)/,
  'rater with the sent form': /^mark-a-(cohort$|own-school$|own-(director|ib)\w$|remark-ib$|note$)/,
};

/** What a personal link shows before anything else: whose form it is. */
const OF_LINK = /^mark-[ab]-(cohort|own-school|own-(ib|teacher)\w)$/;

/** What stands in a response that this person may not read: marks, and the score that nobody may see unrounded. */
export function foreignWords(text: string, name: string, isLink: boolean): string[] {
  const found = [...text.matchAll(/mark-[a-c]-[a-z-]+@?|4\.743\d*/g)].map(([word]) => word);
  const isOwn = (word: string) => (MAY_READ[name]?.test(word) ?? false) || (isLink && OF_LINK.test(word));
  return [...new Set(found)].filter((word) => !isOwn(word));
}
