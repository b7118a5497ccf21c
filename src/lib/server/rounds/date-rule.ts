/** When a round opens and closes, as days (yyyy-mm-dd, in Amsterdam); null: by hand. */
export type RoundDates = {
  /** It opens on this day, at eight in the morning: the invitations wake nobody. */
  opensOn: string | null;
  /** It closes at the end of this day. */
  closesOn: string | null;
};

/** Why a date cannot be. */
export type DateFault = 'past' | 'before_opening';

/** What is wrong with new dates; a date that stays as it is may lie in the past. */
export function dateFaults(
  { opensOn, closesOn }: RoundDates,
  before: RoundDates,
  today: string,
): Partial<Record<keyof RoundDates, DateFault>> {
  const faults: Partial<Record<keyof RoundDates, DateFault>> = {};
  if (opensOn !== null && opensOn < today && opensOn !== before.opensOn) faults.opensOn = 'past';
  if (closesOn === null) return faults;
  if (closesOn < today && closesOn !== before.closesOn) faults.closesOn = 'past';
  else if (opensOn !== null && closesOn < opensOn) faults.closesOn = 'before_opening';
  return faults;
}
