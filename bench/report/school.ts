import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as make from '../../tests/support/factories.ts';

/** A school with four released rounds: its newest report, its IB'er, and a link with which the IB'er signs in. */
export type BenchSchool = { schoolRoundId: string; ib: UserActor; signInLink: string };

const ROUNDS = 4;
const TEACHERS = 10;

/** A school whose ten teachers, director and IB'er filled in the shipped list four times. */
export async function makeSchool({ db, auth, config }: App): Promise<BenchSchool> {
  const cohort = await make.makeCohort(db, { secret: config.secret });
  const seriesId = await make.addSeries(db, cohort, { school: 'De Wingerd', teachers: TEACHERS });
  let newest = { schoolRoundId: '', ibId: '' };
  for (let number = 0; number < ROUNDS; number += 1) {
    const round = await make.openRound(db, cohort);
    for (const [index, person] of round.invited.entries()) await make.fillAndSubmit(db, person, scores(index + number));
    await rounds.close(db, cohort.trainer, round.id);
    const [school] = await rounds.progress(db, cohort.trainer, round.id);
    if (!school) throw new Error('no school in the round');
    await rounds.release(db, cohort.trainer, round.id, [school.schoolRoundId]);
    newest = { schoolRoundId: school.schoolRoundId, ibId: make.inRole(round.invited, 'ib').personId };
  }
  const ib = await accounts.actorOf(db, await accounts.userOfPerson(db, cohort.trainer, newest.ibId));
  const settings = { auth, secret: config.secret, publicUrl: config.publicUrl, hasMail: false };
  const { team } = await cohorts.getSeries(db, cohort.trainer, seriesId);
  const member = team.find((each) => each.role === 'ib');
  const signInLink = await participants.memberSignInLink(
    db,
    cohort.trainer,
    { ...settings, hasMail: false },
    seriesId,
    member?.id ?? '',
  );
  return { schoolRoundId: newest.schoolRoundId, ib, signInLink };
}

/** Every score occurs, and one in nineteen is "cannot judge". */
function scores(seed: number): (code: string, index: number) => number | null {
  return (_, index) => ((index * 7 + seed * 5) % 19 === 0 ? null : 1 + ((index * 3 + seed * 2 + index * seed) % 5));
}
