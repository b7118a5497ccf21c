import type { Aspect, Competency, Instrument } from '#lib/instrument/schema.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import { pageOrder } from '#lib/instrument/page-order.ts';
import { ROLES } from '#lib/instrument/types.ts';
import type { Role } from '#lib/instrument/types.ts';

/** A list as one rater reads it: one language, one role, one page a competency. Pure. */

/** `seldomSeen`: this role cannot normally see it, so "cannot judge" is a good answer (rules.md, Answers). */
export type AspectView = { code: string; number: number; text: string; explain: string | null; seldomSeen: boolean };
/** `seldomSeen`: so is more than half of it, which is then said once, at its head. */
type ClusterView = { key: string; title: string; seldomSeen: boolean; aspects: AspectView[] };

/** The words of the five points, of "cannot judge" and of its two reasons. */
export type AnswerWords = {
  points: { value: number; text: string }[];
  cannotJudge: string;
  reasons: { key: 'not_seen' | 'unclear'; text: string }[];
};

/** `lookBack`: what is asked of the same scale from the second round on, looking back to the start. */
export type ScaleView = { question: string; followUps: string[]; lookBack: string };

export type PageView = {
  code: string;
  title: string;
  description: string | null;
  /** Counted from 1, in the order that was drawn for this rater. */
  part: number;
  /** The codes of all competencies, in that order. */
  order: readonly string[];
  clusters: ClusterView[];
  /** For the IB'er, where the list has one. */
  scale: ScaleView | null;
  words: AnswerWords;
  /** The competency before and after this one; null at the ends. */
  previous: string | null;
  next: string | null;
};

/** Who reads: everything that a text depends on, and the order that was drawn. */
export type Reader = { role: Role; locale: 'nl' | 'en'; seed: number };

/** The page of this competency; null when the list has no such competency. */
export function pageView(list: Instrument, code: string, { role, locale, seed }: Reader): PageView | null {
  const competency = list.competencies.find((each) => each.code === code);
  if (!competency) return null;
  const order = competencyOrder(list, seed);
  const at = order.indexOf(code);
  const question = role === 'ib' ? competency.scaleQuestion : undefined;
  return {
    code,
    title: competency.title[locale],
    description: competency.description?.[locale] ?? null,
    part: at + 1,
    order,
    clusters: clustersOf(competency, role, locale),
    scale: question
      ? {
          question: question.question[locale],
          followUps: question.followUps.map((each) => each[locale]),
          lookBack: question.lookBack[locale],
        }
      : null,
    words: wordsOf(list, locale),
    previous: order[at - 1] ?? null,
    next: order[at + 1] ?? null,
  };
}

/** The competencies in the order that was drawn for this rater. */
export function competencyOrder(list: Instrument, seed: number): string[] {
  return pageOrder(
    list.competencies.map((competency) => competency.code),
    seed,
  );
}

/** The words in which answers are given and shown. */
export function wordsOf({ scale }: Instrument, locale: 'nl' | 'en'): AnswerWords {
  return {
    points: scale.labels.map((label) => ({ value: label.value, text: label[locale] })),
    cannotJudge: capitalized(scale.cannotJudge[locale]),
    reasons: scale.cannotJudgeReasons.map((reason) => ({ key: reason.key, text: capitalized(reason[locale]) })),
  };
}

function clustersOf(competency: Competency, role: Role, locale: 'nl' | 'en'): ClusterView[] {
  const numbers = new Map(aspectsOf(competency).map((aspect, index) => [aspect.code, index + 1]));
  const view = (aspect: Aspect): AspectView => ({
    code: aspect.code,
    number: numbers.get(aspect.code) ?? 0,
    text: (role === 'ib' ? aspect.self : aspect.other)[locale],
    explain: aspect.explain?.[locale] ?? null,
    seldomSeen: !(aspect.observableBy ?? ROLES).includes(role),
  });
  return competency.clusters.map((cluster) => {
    const aspects = cluster.aspects.map(view);
    const seldomSeen = aspects.filter((aspect) => aspect.seldomSeen).length > aspects.length / 2;
    return { key: cluster.key, title: cluster.title[locale], seldomSeen, aspects };
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
