/**
 * Seconds that a statement takes, read and answered, as a rough guess on the long side: a form that takes less time than
 * was said disappoints nobody.
 */
const SECONDS_A_STATEMENT = 12;

/** Between how many minutes a form of so many statements takes: `most` in steps of five, told in mails and before a pulse. */
export function minutesFor(statements: number): { least: number; most: number } {
  const most = Math.max(5, Math.ceil((statements * SECONDS_A_STATEMENT) / 300) * 5);
  return { least: Math.ceil(most * 0.75), most };
}
