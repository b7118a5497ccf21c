import { csvOf, workbookOf } from '#lib/server/downloads/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { HEADINGS, type TeamColumn } from './team-file-columns.ts';

/** In the order in which somebody fills them in: who, then the columns that may stay empty. */
const ORDER: readonly TeamColumn[] = ['school', 'brin', 'role', 'name', 'email', 'ib'];

const FILES = ['example.csv', 'example.xlsx', 'empty.csv', 'empty.xlsx'] as const;
type TemplateName = (typeof FILES)[number];

/** The template that an address asks for; null when there is none of that name. */
export function templateName(name: string): TemplateName | null {
  return FILES.find((file) => file === name) ?? null;
}

type Row = Partial<Record<TeamColumn, string>>;
const ROLES = {
  nl: { ib: 'ib', director: 'directeur', teacher: 'leerkracht' },
  en: { ib: 'ib', director: 'director', teacher: 'teacher' },
} as const;

/** A school with one IB'er, and one with two, where each row says whose team it is. */
function examples(locale: Locale): Row[] {
  const { ib, director, teacher } = ROLES[locale];
  const address = (name: string) => `${name}@school.example`;
  const wingerd = { school: 'Basisschool De Wingerd', brin: '12AB' };
  const linde = { school: 'Basisschool De Linde' };
  return [
    { ...wingerd, role: ib, name: 'Sanne Bakker', email: address('sanne') },
    { ...wingerd, role: director, name: 'Joost van Dalen', email: address('joost') },
    { ...wingerd, role: teacher, name: 'Fatima Aydin', email: address('fatima') },
    { ...wingerd, role: teacher, name: 'Kees de Boer', email: address('kees') },
    { ...wingerd, role: teacher, name: 'Anna de Wit' },
    { ...linde, role: ib, name: 'Els Kuiper', email: address('els') },
    { ...linde, role: ib, name: 'Ties Vermeer', email: address('ties') },
    { ...linde, role: director, name: 'Ria Smit', email: address('ria'), ib: 'Els Kuiper' },
    { ...linde, role: director, name: 'Ria Smit', email: address('ria'), ib: 'Ties Vermeer' },
    { ...linde, role: teacher, name: 'Noor Visser', email: address('noor'), ib: 'Els Kuiper' },
    { ...linde, role: teacher, name: 'Bram Mulder', email: address('bram'), ib: 'Ties Vermeer' },
  ];
}

/** A template to fill in: the headings, with example rows or none, for a spreadsheet in this language. */
export async function templateFile(name: TemplateName, locale: Locale): Promise<Uint8Array<ArrayBuffer>> {
  const rows = name.startsWith('example') ? examples(locale) : [];
  const table = [
    ORDER.map((column) => HEADINGS[locale][column]),
    ...rows.map((row) => ORDER.map((column) => row[column] ?? '')),
  ];
  return name.endsWith('.csv') ? csvOf(table, locale) : workbookOf([{ name: 'teams', table }]);
}
