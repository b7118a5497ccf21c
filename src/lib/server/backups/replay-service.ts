import type { Actor } from '#lib/permissions.ts';
import type { Journal, JournalEntry } from '#lib/server/db/journal-file.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import { hashToken, invitationToken } from '#lib/server/ids.ts';
import * as registrations from '#lib/server/registrations/kept-service.ts';
import * as snapshots from '#lib/server/reports/erasure-service.ts';
import * as retention from '#lib/server/retention/run-service.ts';
import * as queries from './replay-queries.ts';

/**
 * Whether the journal goes with a copy: by its name, which the copy keeps. A copy from before there was a journal has none,
 * and is taken to go with any: ids of another database find nobody.
 */
export async function isJournalOf(db: Db, journal: Journal): Promise<boolean> {
  const known = await queries.findJournalId(db);
  return known === undefined || known === journal.id;
}

/**
 * Does again, in a copy that is about to be put back, all that ended since it was made: erasures, accounts, roles, second
 * factors, links (rules.md, Shown and withheld), cohorts that were cleared. The whole journal in its order, for each line is harmless where it was
 * done before or is about something that is not there.
 */
export async function replay(
  trx: Db,
  actor: Actor,
  { secret, journal }: { secret: string; journal: Journal },
): Promise<void> {
  for (const entry of lastWordEach(journal.entries)) await again(trx, actor, secret, entry);
  await queries.deleteNoted(trx);
}

/**
 * Of a link that was withdrawn and came back only the last counts, for in between it may have been in another's way; and so
 * it is with a teacher's no that became a yes, for a no takes the teachers' view from the report.
 */
function lastWordEach(entries: readonly JournalEntry[]): JournalEntry[] {
  const last = new Map<string, JournalEntry>();
  const keyed = entries.map((entry) => ({ entry, key: undoneBy(entry) }));
  for (const { entry, key } of keyed) if (key !== null) last.set(key, entry);
  return keyed.filter(({ entry, key }) => key === null || last.get(key) === entry).map(({ entry }) => entry);
}

/** What a later line of the journal may undo; null: nothing does. */
function undoneBy({ kind, id }: JournalEntry): string | null {
  if (kind === 'invitation_withdrawn' || kind === 'invitation_restored') return `standing ${id}`;
  return kind === 'consent_withdrawn' || kind === 'consent_given' ? `consent ${id}` : null;
}

async function again(trx: Db, actor: Actor, secret: string, { kind, id, at, generation }: JournalEntry): Promise<void> {
  switch (kind) {
    case 'person_erased':
      return erasure.eraseAgain(trx, actor, id, at);
    case 'account_ended':
      return queries.endAccount(trx, id);
    case 'role_ended':
      return queries.endRole(trx, id);
    case 'second_factor_ended':
      return queries.endSecondFactor(trx, id);
    case 'invitation_withdrawn':
      return queries.withdraw(trx, id, at);
    case 'invitation_restored':
      return queries.restore(trx, id);
    case 'invitation_replaced': {
      if (generation === undefined) return;
      const tokenHash = hashToken(invitationToken(secret, id, generation));
      return queries.setGeneration(trx, id, { generation, tokenHash });
    }
    case 'invitation_link_ended':
      return queries.endLink(trx, id, at);
    case 'consent_withdrawn':
      await queries.withdrawConsent(trx, id);
      return snapshots.withholdTeachers(trx, id);
    case 'consent_given':
      return queries.giveConsent(trx, id);
    case 'consent_taken_back':
      return queries.makeConsentFinal(trx, id); // the line before it has taken the yes
    case 'cohort_cleared':
      return retention.clearAgain(trx, id, at, 'kept');
    case 'cohort_answers_cleared':
      return retention.clearAgain(trx, id, at, 'erased');
    case 'registration_director_erased': {
      if (generation === undefined) return;
      return registrations.forgetDirectorAgain(trx, id, generation);
    }
  }
}
