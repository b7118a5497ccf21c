import { z } from 'zod';
import { MOST_PEOPLE } from '#lib/programme/registration.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrors } from '#lib/text/fields.ts';
import { parseDay } from './days.ts';
import type { Given, Settings } from './registrations/service.ts';
import { directorFields, noDirectorFields, schoolFields } from './school-fields.ts';

/** The fields of the form about a registration, and of the one in which a school registers. */
export const SETTINGS_FIELDS = ['min', 'max', 'pairs', 'lastOn', 'startsOn', 'about', 'version'] as const;
export const ENTRY_FIELDS = [
  ...(['school', 'brin', 'ibName', 'ibEmail', 'directorName', 'directorEmail'] as const),
  ...(['language', 'agreed', 'version'] as const),
] as const;

/** The longest text about a programme, in characters: a few lines. */
export const ABOUT_MAX = 1000;

type Values = Partial<Record<string, string>>;

/**
 * What a trainer set, as it was typed; an empty number is no limit.
 * @param today yyyy-mm-dd: a last day that lies before it would open nothing, unless it was so before (`lastOn`)
 */
export function readSettings(
  values: Values,
  today: string,
  before: { lastOn: string } | null,
): { settings: Settings } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const numberOf = (field: 'min' | 'max') => {
    const typed = (values[field] ?? '').trim();
    if (typed === '') return null;
    const number = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
    if (number < 1 || number > MOST_PEOPLE) errors[field] = m.registration_fault_number({ max: MOST_PEOPLE });
    return number;
  };
  const dayOf = (field: 'lastOn' | 'startsOn') => {
    const day = parseDay(values[field] ?? '');
    if (day === null) errors[field] = m.course_fault_day();
    return day ?? '';
  };
  const [minPeople, maxPeople] = [numberOf('min'), numberOf('max')];
  const [lastOn, startsOn] = [dayOf('lastOn'), dayOf('startsOn')];
  if (minPeople !== null && maxPeople !== null && minPeople > maxPeople) errors['max'] ??= m.registration_fault_max();
  if (lastOn < today && lastOn !== before?.lastOn) errors['lastOn'] ??= m.registration_fault_past();
  if (lastOn > startsOn) errors['lastOn'] ??= m.registration_fault_after_start();
  const about = (values['about'] ?? '').replaceAll('\r\n', '\n').trim();
  if (about.length > ABOUT_MAX) errors['about'] = m.field_error_long({ max: ABOUT_MAX });
  if (Object.keys(errors).length > 0) return { errors };
  return { settings: { minPeople, maxPeople, pairs: values['pairs'] === 'yes', lastOn, startsOn, about } };
}

/** What a registration says in the fields of its form; days as a date field takes them. */
export function settingsValues(settings: Partial<Settings>): Record<string, string> {
  const { minPeople, maxPeople, pairs = false, lastOn = '', startsOn = '', about = '' } = settings;
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
  return { min: number(minPeople), max: number(maxPeople), pairs: pairs ? 'yes' : 'no', lastOn, startsOn, about };
}

const alone = z.object({ ...schoolFields, ...noDirectorFields, language: z.enum(['nl', 'en']) });
const withDirector = alone.extend(directorFields);

/** A school as it registers itself: it has to say that whoever is named knows of it. */
export function readEntry(values: Values): { given: Given } | { errors: Record<string, string> } {
  const typed = (field: string) => (values[field] ?? '').trim();
  const hasDirector = typed('directorName') !== '' || typed('directorEmail') !== '';
  const parsed = (hasDirector ? withDirector : alone).safeParse(values);
  const errors = parsed.success ? {} : fieldErrors(parsed.error);
  const isSame = typed('directorEmail').toLowerCase() === typed('ibEmail').toLowerCase();
  if (hasDirector && isSame) errors['directorEmail'] = m.school_same_email();
  if (values['agreed'] !== 'yes') errors['agreed'] = m.registration_fault_agreed();
  if (!parsed.success || Object.keys(errors).length > 0) return { errors };
  const { school, brin, ibName, ibEmail, directorName, directorEmail, language } = parsed.data;
  return {
    given: {
      ...{ school: { name: school, brin }, ib: { name: ibName, email: ibEmail }, language },
      director: directorName === null || directorEmail === null ? null : { name: directorName, email: directorEmail },
    },
  };
}

/** What a school registered, in the fields of its form. */
export function entryValues({ school, ib, director, language }: Omit<Given, 'ib'> & { ib: Given['ib'] | null }) {
  return {
    ...{ school: school.name, brin: school.brin ?? '', ibName: ib?.name ?? '', ibEmail: ib?.email ?? '', language },
    ...{ directorName: director?.name ?? '', directorEmail: director?.email ?? '' },
  };
}
