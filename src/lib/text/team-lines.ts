import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';

/** Longest name and the number of people that one form may bring: enough for any school, too few to be a mistake. */
export const NAME_MAX = 200;
const LINES_MAX = 60;
const email = z.email().max(254);

export type TeamLine = { name: string; email: string | null };

/**
 * Teachers as they were typed, one a line: "Naam; e-mail", "Naam", or pasted from a spreadsheet or an address book
 * (a tab, or "Naam <e-mail>"). Empty lines are passed over.
 * @param taken addresses (lower case) that belong to another role of the same school
 * @returns the people, and a sentence in the reader's language for every faulty line, with its number from 1
 */
export function readTeamLines(text: string, taken: ReadonlySet<string>): { people: TeamLine[]; faults: string[] } {
  const people: TeamLine[] = [];
  const faults: string[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const person = readLine(line);
    const address = typeof person === 'string' ? null : (person.email?.toLowerCase() ?? null);
    const fault = typeof person === 'string' ? person : addressFault(address, taken, lineOf);
    if (fault !== null) faults.push(m.line_fault({ line: index + 1, fault }));
    else if (typeof person !== 'string') people.push(person);
    if (address !== null && !lineOf.has(address)) lineOf.set(address, index + 1);
  }
  if (people.length > LINES_MAX) faults.push(m.line_too_many({ max: LINES_MAX }));
  return { people, faults };
}

/** The person on a line, or what is wrong with it. */
function readLine(line: string): TeamLine | string {
  const [name = '', address = '', ...rest] = splitLine(line).map((part) => part.trim());
  if (rest.some((part) => part !== '')) return m.line_too_much();
  if (name === '') return m.line_no_name();
  if (name.length > NAME_MAX) return m.line_name_long();
  if (address === '') return { name, email: null };
  return email.safeParse(address).success ? { name, email: address } : m.line_bad_email({ text: address });
}

function splitLine(line: string): string[] {
  if (/[;\t]/.test(line)) return line.split(/[;\t]/);
  const [, name, address] = /^(.*?)[\s,]*<?([^\s<>,]+@[^\s<>]+)>?\s*$/.exec(line) ?? [];
  return name === undefined || address === undefined ? [line] : [name, address];
}

function addressFault(
  address: string | null,
  taken: ReadonlySet<string>,
  lineOf: ReadonlyMap<string, number>,
): string | null {
  if (address === null) return null;
  if (taken.has(address)) return m.line_taken();
  const first = lineOf.get(address);
  return first === undefined ? null : m.line_repeated({ first });
}
