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
