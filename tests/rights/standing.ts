import type { Place, Stage } from './stage.ts';
import type { Line, Standing } from './table.ts';

type Towards = Record<Exclude<Standing, 'everybody' | 'has account'>, readonly string[]>;

const WHOEVER = {
  'any trainer': ['trainer A', 'trainer B'],
  'any steering': ['steering', 'other steering'],
  admin: ['admin'],
  half: ['half'],
  'gave the second step': ['trainer A', 'trainer B', 'steering', 'other steering', 'admin'],
} as const;

/** Both cohorts are in one programme. */
const OF_PROGRAMME = {
  'of the programme': ['steering', 'trainer A', 'trainer B'],
  'steering of it': ['steering'],
} as const;

/** Everybody on the stage by what they are towards cohort A, or cohort B. */
const TOWARDS: Record<'a' | 'b', Towards> = {
  a: {
    ...WHOEVER,
    trainer: ['trainer A'],
    'trainer who sees schools': ['trainer A'],
    ...OF_PROGRAMME,
    school: ["IB'er A", 'director A'],
    participant: ["IB'er A", 'director A', "next IB'er A"],
    writer: ["IB'er A"],
    director: ['director A'],
    'taking part': ["IB'er A", "next IB'er A"],
    'handed in': ["IB'er A"],
    form: ['rater with the open form'],
  },
  b: {
    ...WHOEVER,
    trainer: ['trainer B'],
    'trainer who sees schools': [],
    ...OF_PROGRAMME,
    school: [],
    participant: [],
    writer: [],
    director: [],
    'taking part': [],
    'handed in': [],
    form: ['rater with the sent form'],
  },
};

/** A half session stands for nobody: there is an account, and it may do nothing. */
export function hasAccount({ people }: Stage, name: string): boolean {
  const knocker = people[name] ?? null;
  return knocker !== null && 'userId' in knocker && knocker.standing !== 'half';
}

/** Whether the table lets this person do that with the things of this cohort. */
export function isAllowed(stage: Stage, { who }: Line, name: string, place: Place): boolean {
  return who.some((standing) => {
    if (standing === 'everybody') return true;
    if (standing === 'has account') return hasAccount(stage, name);
    return TOWARDS[place === stage.a ? 'a' : 'b'][standing].includes(name);
  });
}

/** Where somebody is led who may not ask this; null where it is simply not there for them. */
export function leadsTo(stage: Stage, { ledOn }: Line, route: string, name: string): string | null {
  if (hasAccount(stage, name)) return ledOn ?? null;
  if (route.startsWith('/(public)') || route.startsWith('/(rater)')) return null;
  return WHOEVER.half.some((half) => half === name) ? '/second-step' : '/sign-in';
}

/**
 * The marks that somebody may come to read anywhere (a file's name goes on after the school's); what one page alone shows
 * is in its line of the table. A mark is `mark-<cohort>-…`: of an address it ends in `@`, `draft` and `note` are a rater's
 * own, `remark` a remark of a released report, `fault` is why a mail did not go, `former` an address that was replaced,
 * `goal` is of an action plan and `shared` of one that trainers may read, `agent` and `ip` are of a session, `work` and
 * `feedback` what was handed in for an assignment (`plan`) and what the trainer wrote about it. Steering groups and
 * administrators read no remarks, no addresses and no names of
 * raters, but for the administrator's log, which names who was invited where; an account reads its own name and address.
 */
const MAY_READ: Readonly<Record<string, RegExp>> = {
  'trainer A': /^mark-a-(?!note|draft|goal|former|ip|work|feedback)/,
  'trainer B': /^mark-b-(?!note|draft|goal|remark|former|ip|work|feedback)/,
  steering: /^mark-[ab]-(cohort|spare)$/,
  'other steering': /^mark-c-(cohort|programme|partnership)$/,
  admin: /^mark-(?!.*@)(?!.*-(note|draft|goal|shared|remark|agent|ip|work|feedback))/,
  // Whose draft it is: it is in the file of the own data.
  'director A': /^mark-a-(cohort$|own-school(-t)?$|own-director\w@?$|own-ib\w$|remark-|draft$)/,
  "IB'er A": /^mark-a-(cohort$|own-school(-t)?$|own-director\w$|own-ib\w@?$|remark-|goal$|plan$|work$|feedback$)/,
  "next IB'er A": /^mark-a-(cohort$|next-school$|next-director\w$|next-ib\w@?$|remark-|plan$)/,
  'teacher A': /^mark-a-own-teacher\w@?$/,
  'rater with the open form': /^mark-a-(cohort$|own-school$|own-(director|ib)\w$|draft$)/,
  'rater with the sent form': /^mark-a-(cohort$|own-school$|own-(director|ib)\w$|remark-ib$|note$)/,
};

/** What stands in a response that this person may not read: marks, and what nobody may see, the score unrounded first. */
export function foreignWords({ secrets }: Stage, text: string, name: string, shows?: RegExp): string[] {
  // Not within a longer number: the seconds of a moment can end in the same digits.
  const found = [...text.matchAll(/mark-[a-c]-[a-z-]+@?|(?<!\d)4\.743\d*/g)].map(([word]) => word);
  const isOwn = (word: string) => (MAY_READ[name]?.test(word) ?? false) || (shows?.test(word) ?? false);
  const told = secrets.filter((secret) => text.includes(secret));
  return [...new Set(found.filter((word) => !isOwn(word))), ...told];
}
