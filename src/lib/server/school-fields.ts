import { z } from 'zod';
import { isBrin } from '#lib/server/cohorts/service.ts';
import { NAME_MAX } from '#lib/text/team-lines.ts';

/** The fields in which a school is named with its IB'er and director, whoever fills them in: a trainer, or the school itself. */

/** Of one line, as such a field sends it, and without signs that turn a text round: a script sends whatever it likes. */
const name = z
  .string()
  .transform((typed) =>
    typed
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
      .trim(),
  )
  .pipe(z.string().min(1).max(NAME_MAX));
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
