import { isErrorCode } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { errorText } from './errors.ts';
import type { Locale } from './numbers.ts';

/** What a run of a job counts, by the name that is stored. */
const COUNTS = {
  sent: m.mail_jobs_count_sent,
  dropped: m.mail_jobs_count_dropped,
  failed: m.mail_jobs_count_failed,
  later: m.mail_jobs_count_later,
  'held up': m.mail_jobs_count_held_up,
  opened: m.mail_jobs_count_opened,
  'held back': m.mail_jobs_count_held_back,
  closed: m.mail_jobs_count_closed,
  told: m.mail_jobs_count_told,
  reminded: m.mail_jobs_count_reminded,
  sessions: m.mail_jobs_count_sessions,
  tokens: m.mail_jobs_count_tokens,
  mails: m.mail_jobs_count_mails,
  runs: m.mail_jobs_count_runs,
  unsent: m.retention_count_unsent,
  registrations: m.registration_count_cleared,
  announced: m.retention_count_announced,
  cleared: m.retention_count_cleared,
  summed: m.ambitions_count_summed,
  copies: m.backups_count_copies,
  removed: m.backups_count_removed,
} as const;

/**
 * What a run of a job did, as it is stored ("sent 3, later 0"; "RangeError, see <id> in the log"; "the process ended"), in
 * the administrator's language. What came to nothing is left out.
 * For the server only: words for every refusal come along, which no page's script has to carry.
 * @returns null for what is stored in no such form; then it is shown as it is
 */
export function jobDetailText(stored: string, locale: Locale): string | null {
  if (stored === 'the process ended') return m.mail_jobs_process_ended({}, { locale });
  const fault = /^(\S+), see (\S+) in the log$/.exec(stored);
  if (fault) return faultText(fault[1] ?? '', fault[2] ?? '', locale);
  const counts = stored.split(', ').map((part) => /^([a-z ]+) (\d+)$/.exec(part));
  const texts: string[] = [];
  for (const count of counts) {
    const [, name = '', number = ''] = count ?? [];
    if (!isCount(name)) return null;
    if (Number(number) > 0) texts.push(COUNTS[name]({ count: Number(number) }, { locale }));
  }
  return texts.length === 0 ? m.mail_jobs_nothing({}, { locale }) : texts.join(', ');
}

/** What has a sentence of its own is said in words: a full disk is what an administrator is to do something about. */
function faultText(kind: string, id: string, locale: Locale): string {
  if (!isErrorCode(kind)) return m.mail_jobs_fault({ kind, id }, { locale });
  return m.job_fault_known({ what: errorText(kind, locale), id }, { locale });
}

function isCount(name: string): name is keyof typeof COUNTS {
  return Object.hasOwn(COUNTS, name);
}
