import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { invitationToken, sealToken } from '#lib/server/ids.ts';
import * as rounds from '#lib/server/rounds/service.ts';

/** A rater who has entered the own form: what a request needs, for Drieluik and for the bare server. */
export type BenchRater = { responsePublicId: string; cookie: string };

/**
 * A cohort with an open round in which `schools` × (director, IB'er, three teachers) have entered their forms, made
 * through the product's own services.
 */
export async function makeRaters(app: App, schools: number): Promise<BenchRater[]> {
  const { db, config } = app;
  const user = await accounts.ensureAdmin(db, 'bench@drieluik.example');
  const actor = () => accounts.actorOf(db, user);
  const cohortId = await cohorts.create(db, await actor(), {
    name: 'Bench',
    programme: 'Bench',
    partnership: 'Bench',
    trainerSeesSchools: false,
  });
  const trainer = await actor();
  const person = (name: string) => ({ name, email: `${name}@drieluik.example` });
  for (let school = 0; school < schools; school += 1) {
    await db.transaction().execute((trx) =>
      cohorts.addSeries(trx, trainer, cohortId, {
        school: { name: `School ${school}`, brin: null },
        ib: person(`ib-${school}`),
        director: person(`director-${school}`),
        teachers: [1, 2, 3].map((teacher) => person(`teacher-${school}-${teacher}`)),
      }),
    );
  }
  const [version] = await instruments.list(db);
  if (!version) throw new Error('no list');
  const roundId = await rounds.plan(db, trainer, cohortId, { name: 'T0', instrumentVersionId: version.id });
  await rounds.open(db, trainer, config.secret, roundId);
  const entries: BenchRater[] = [];
  for (const { raters } of await rounds.progress(db, trainer, roundId)) {
    for (const { invitationId } of raters) {
      const token = invitationToken(config.secret, invitationId, 1);
      const { responsePublicId, sessionToken } = await invitations.enter(db, config.secret, token);
      const cookie = `drieluik_form_${responsePublicId}=${sealToken(config.secret, sessionToken)}`;
      entries.push({ responsePublicId, cookie });
    }
  }
  return entries;
}
