import { NOT_ANSWERED } from '#lib/form/answer.ts';
import type { Answer } from '#lib/form/answer.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { DemoAspect, Landscape } from './landscape.ts';
import type { Portrait } from './portrait.ts';
import { randomFor } from './random.ts';
import type { Random } from './random.ts';
import type { DemoAnswer } from './types.ts';

/** Somebody who fills in a form about an IB'er, in one round. */
export type DemoRater = {
  /** Known by the address: the same person is as mild or strict in every round. */
  email: string;
  role: Role;
  round: number;
  /** A teacher whom the IB'er has not coached. */
  uncoached: boolean;
  /** A director who comes into the classrooms. */
  isClose: boolean;
  /** Competencies of which a director has seen little so far. */
  knowsLittleOf: readonly string[];
};

/** How mild or strict people are, and how they waver from statement to statement: standard deviations. */
const MILDNESS: Record<Role, number> = { director: 0.18, ib: 0.12, teacher: 0.22 };
const WAVER = 0.5;
/** Who does not understand a statement scores at a guess. */
const GUESS = 1.3;
/** Shares of the statements. */
const UNCLEAR = { everywhere: 0.42, here: 0.6, elsewhere: 0.012, ib: 0.22 };
const UNCLEAR_WITHOUT_SCORE = 0.5;
const SKIPPED = 0.006;
const NOT_SEEN = {
  usual: 0.03,
  ib: 0.004,
  outOfSight: 0.85,
  littleKnown: 0.72,
  uncoached: 0.78,
  coaching: 0.07,
  parents: 0.3,
};
/** Some directors are often in the classrooms and see more than the list expects. */
const CLOSE_DIRECTOR = { share: 0.15, outOfSight: 0.12 };

/** All answers of one rater, in the order of the list. */
export function answersOf(landscape: Landscape, portrait: Portrait, seed: number, rater: DemoRater): DemoAnswer[] {
  const person = randomFor(seed, 'person', rater.email);
  const mildness = person.around(MILDNESS[rater.role]);
  const isClose = person.chance(CLOSE_DIRECTOR.share) || rater.isClose;
  const random = randomFor(seed, 'answers', rater.email, rater.round);
  return landscape.aspects.map((aspect) => {
    const seen = portrait.truth(aspect, rater.round) + portrait.slant(rater.role, aspect, rater.round) + mildness;
    if (portrait.seesAll) return { aspect: aspect.code, ...scored(random, seen, false) };
    const isFlagged = random.chance(unclearShare(aspect, landscape, portrait, rater));
    const notSeen = notSeenShare(aspect, landscape, rater, isClose);
    return { aspect: aspect.code, ...answer(random, { seen, notSeen, isFlagged }) };
  });
}

function answer(
  random: Random,
  { seen, notSeen, isFlagged }: { seen: number; notSeen: number; isFlagged: boolean },
): Answer {
  if (random.chance(SKIPPED)) return NOT_ANSWERED;
  if (isFlagged && random.chance(UNCLEAR_WITHOUT_SCORE))
    return { ...NOT_ANSWERED, cannotJudge: true, reason: 'unclear' };
  if (random.chance(notSeen)) return { ...NOT_ANSWERED, cannotJudge: true, reason: 'not_seen' };
  return scored(random, seen, isFlagged);
}

function scored(random: Random, seen: number, isFlagged: boolean): Answer {
  const score = Math.round(seen + random.around(isFlagged ? GUESS : WAVER));
  return { ...NOT_ANSWERED, score: Math.min(5, Math.max(1, score)), unclear: isFlagged };
}

function unclearShare({ code }: DemoAspect, { unclear }: Landscape, here: Portrait, { role }: DemoRater): number {
  if (role === 'ib') return unclear.has(code) ? UNCLEAR.ib : UNCLEAR.elsewhere;
  if (unclear.has(code)) return UNCLEAR.everywhere;
  return here.unclear.has(code) ? UNCLEAR.here : UNCLEAR.elsewhere;
}

/** The share in which this rater answers "cannot judge, not seen" (0–1). */
function notSeenShare(aspect: DemoAspect, { withParents }: Landscape, rater: DemoRater, isClose: boolean): number {
  const { role } = rater;
  if (role === 'ib') return NOT_SEEN.ib;
  if (!aspect.observableBy.includes(role)) {
    return role === 'director' && isClose ? CLOSE_DIRECTOR.outOfSight : NOT_SEEN.outOfSight;
  }
  if (role === 'director')
    return rater.knowsLittleOf.includes(aspect.competency) ? NOT_SEEN.littleKnown : NOT_SEEN.usual;
  if (aspect.competency === 'C4') return rater.uncoached ? NOT_SEEN.uncoached : NOT_SEEN.coaching;
  return withParents.has(aspect.code) ? NOT_SEEN.parents : NOT_SEEN.usual;
}
