import { z } from 'zod';
import { isBrin } from '#lib/server/cohorts/service.ts';
import { NAME_MAX } from '#lib/text/team-lines.ts';

/** The fields in which a school is named with its IB'er and director, whoever fills them in: a trainer, or the school itself. */

const name = z.string().trim().min(1).max(NAME_MAX);
const email = z.string().trim().min(1).max(254).pipe(z.email());
const nothing = z
  .string()
  .trim()
  .pipe(z.literal(''))
  .transform(() => null);

export const schoolFields = {
  school: name,
  brin: z
    .string()
    .trim()
    .refine((text) => text === '' || isBrin(text), { params: { text: 'brin' } })
    .transform((text) => text || null),
  ibName: name,
  ibEmail: email,
};

/** Of a director both fields are filled in, or neither: then they are null. */
export const directorFields = { directorName: name, directorEmail: email };
export const noDirectorFields = { directorName: nothing, directorEmail: nothing };
