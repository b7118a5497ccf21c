import { REGISTERED, REGISTERING } from '#lib/demo/registering-data.ts';
import type { Actor } from '#lib/permissions.ts';
import { addDays, dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import { clear, LIMITS } from '#lib/server/limits/guesses-service.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';

type Site = { secret: string; now: Date };

/** Opens the registration of an invented cohort, with schools that wait for a place: more than there are. */
export async function letRegister(
  trx: Db,
  trainer: Actor,
  { id, name }: { id: string; name: string },
  { secret, now }: Site,
): Promise<void> {
  if (name !== REGISTERING.cohort) return;
  const { settings, lastInDays, startsInDays, about } = REGISTERING;
  const [lastOn, startsOn] = [addDays(dayOf(now), lastInDays), addDays(dayOf(now), startsInDays)];
  await registrations.save(trx, trainer, id, null, { ...settings, lastOn, startsOn, about }, now);
  const url = await registrations.makeLink(trx, trainer, '', id, now);
  const token = url.split('/').at(-1);
  for (const { school, brin, ib, director, daysAgo } of REGISTERED) {
    const [place = ''] = school.toLowerCase().replaceAll(' ', '-').split(',');
    const person = (named: string) => ({
      name: named,
      email: `${named.toLowerCase().replaceAll(' ', '.')}@${place}.example`,
    });
    const at = new Date(now.getTime() - daysAgo * 86_400_000);
    const people = { ib: person(ib), director: director === null ? null : person(director) };
    const given = { school: { name: school, brin }, ...people, language: 'nl' } as const;
    await entering.register(trx, secret, id, token, given, at);
    // Nobody gets a mail of it, and a count of those would stay when the examples go.
    for (const somebody of [people.ib, people.director]) {
      if (somebody) await clear(trx, { secret }, LIMITS.registrationMail, somebody.email);
    }
  }
}
