import { m } from '#lib/paraglide/messages.js';

/** What an IB'er is called in a list: of whoever was erased only that, of whoever was imported, or whose name went, that too. */
export function rateeText({
  rateeName,
  rateeErasedAt,
}: {
  rateeName: string | null;
  rateeErasedAt: string | null;
}): string {
  return rateeName ?? (rateeErasedAt === null ? m.no_name() : m.erased_participant());
}
