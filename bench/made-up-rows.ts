import { shippedInstrument } from '#lib/server/instruments/shipped.ts';

/** The shipped list as KEY@VERSION, and its aspects. */
export const list = shippedInstrument();
export const LIST = `${list.key}@${list.version}`;
const aspects = list.competencies.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.aspects));

type World = { cohort: string; rounds: readonly string[]; teachers: number };

/** Answers in the long form without end, a school after another: director, IB'er and teachers, a few that cannot judge. */
export function* madeUpRows({ cohort, rounds, teachers }: World): Generator<string> {
  let count = 0;
  for (let school = 1; ; school += 1) {
    for (const round of rounds) {
      for (const { role, rater } of team(school, round, teachers)) {
        for (const [index, { code }] of aspects.entries()) {
          count += 1;
          const cannotJudge = (index * 7 + count) % 23 === 0;
          const answer = cannotJudge ? 'NA,C,0' : `${1 + ((index * 3 + count) % 5)},J,0`;
          yield `${cohort},School ${school},${round},${role},${rater},${code},${answer}`;
        }
      }
    }
  }
}

export const LONG_FORM_HEADER = 'cohort,school,round,role,rater,aspect,score,status,unclear';

/** Rows of one school in one round. */
export const rowsOfSchool = (teachers: number) => (2 + teachers) * aspects.length;

function team(school: number, round: string, count: number): { role: string; rater: string }[] {
  const teachers = Array.from({ length: count }, (_, index) => `S${school}-L${index}-${round}`);
  return [
    { role: 'director', rater: `S${school}-D` },
    { role: 'ib', rater: `S${school}-I` },
    ...teachers.map((rater) => ({ role: 'teacher', rater })),
  ];
}
