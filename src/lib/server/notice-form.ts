import { z } from 'zod';
import { parseDay } from './days.ts';
import { BASES, type PrivacyNotice } from './privacy/service.ts';

/** An empty field says that it is not known. */
const orNull = <S extends z.ZodType<string>>(shape: S) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null), shape.nullable());

const name = orNull(z.string().max(200));
const email = orNull(z.string().max(254).pipe(z.email()));
const day = z.string().transform((typed, context) => {
  const parsed = parseDay(typed);
  if (parsed === null) context.addIssue({ code: 'custom', params: { text: 'day' } });
  return parsed ?? z.NEVER;
});

/** What an administrator typed of the board, checked. */
export const noticeInput = z.object({
  ...{ controller: name, controllerEmail: email, officer: name, officerEmail: email },
  // Browsers send the end of a line as two characters.
  arrangement: orNull(
    z
      .string()
      .transform((typed) => typed.replaceAll('\r\n', '\n'))
      .pipe(z.string().max(2000)),
  ),
  basis: z.enum(BASES).nullable().default(null),
  basisReason: orNull(z.string().max(500)),
  consentedOn: orNull(day),
  ...{ server: name, mail: name, trainers: name },
}) satisfies z.ZodType<PrivacyNotice>;

/** The fields of the form, with the version of what stood in it. */
export const NOTICE_FIELDS = [...noticeInput.keyof().options, 'version'] as const;
