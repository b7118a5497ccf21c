import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { dayText } from '#lib/text/dates.ts';

export type VersionStatus = { status: 'draft' | 'published' | 'retired'; publishedAt: string | null };

/** How a version of a list stands, in the reader's language. */
export function statusText({ status, publishedAt }: VersionStatus): string {
  if (status === 'draft' || publishedAt === null) return m.lists_status_draft();
  if (status === 'retired') return m.lists_status_retired();
  return m.lists_status_published({ date: dayText(publishedAt, getLocale()) });
}

const CHANGES = { reworded: m.list_count_reworded, added: m.list_count_added, dropped: m.list_count_dropped };

/** How many aspects of a list differ from another in one way: worded anew, new, or gone. */
export function changesText(kind: keyof typeof CHANGES, count: number): string {
  return CHANGES[kind]({ count });
}
