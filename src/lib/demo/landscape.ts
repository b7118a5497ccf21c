import type { Instrument } from '#lib/instrument/schema.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import { ROLES } from '#lib/instrument/types.ts';
import type { Role } from '#lib/instrument/types.ts';
import { randomFor } from './random.ts';

/** An aspect as the demonstration needs it. */
export type DemoAspect = { code: string; competency: string; observableBy: readonly Role[] };

/** What is the same at every school: the statements, how often such a thing is seen, and how clear the words are. */
export type Landscape = {
  aspects: DemoAspect[];
  /** The competencies with a scale question, by code. */
  scaled: readonly string[];
  /** By code: scale points above or below the usual. */
  ease: ReadonlyMap<string, number>;
  /** Statements that many people everywhere call unclear, and take in different ways. */
  unclear: ReadonlySet<string>;
  /** Statements about talks with parents, which not every teacher is at. */
  withParents: ReadonlySet<string>;
};

/** How far one statement is easier or harder than another, as a standard deviation in scale points. */
const EASE = 0.4;
/** Seen at nearly every school, and at hardly any: the shared points of a cohort. */
const STRONG = ['C1.02', 'C1.06', 'C1.13', 'C2.02', 'C2.20', 'C3.10', 'C4.08'];
const WEAK = ['C1.18', 'C1.22', 'C2.12', 'C3.18', 'C4.14', 'C4.24'];
const STRONG_BY = 0.85;
const WEAK_BY = -0.9;
const UNCLEAR = ['C1.14', 'C1.23', 'C2.21', 'C3.21', 'C4.03', 'C4.21'];
const WITH_PARENTS = ['C2.04', 'C2.11', 'C2.20', 'C2.22'];

/** @param list one with the statements of ib-180, or another, of which no statement is special */
export function landscapeOf(list: Instrument, seed: number): Landscape {
  const aspects = list.competencies.flatMap((competency) =>
    aspectsOf(competency).map(({ code, observableBy }) => ({
      ...{ code, competency: competency.code },
      observableBy: observableBy ?? ROLES,
    })),
  );
  const random = randomFor(seed, 'ease');
  const ease = new Map(aspects.map(({ code }) => [code, random.around(EASE)]));
  for (const code of STRONG) ease.set(code, STRONG_BY);
  for (const code of WEAK) ease.set(code, WEAK_BY);
  const scaled = list.competencies.flatMap(({ code, scaleQuestion }) => (scaleQuestion ? [code] : []));
  return { aspects, scaled, ease, unclear: new Set(UNCLEAR), withParents: new Set(WITH_PARENTS) };
}
