import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrors } from '#lib/text/fields.ts';
import { readForm } from './form-values.ts';
import { FILE_BYTES } from './hand-ins/file-kinds.ts';
import type { Given } from './hand-ins/service.ts';
import { Turns } from './limits/turns.ts';

/** Most signs of a text that is handed in, of a link, and of feedback; most bytes of a file. */
export const HAND_IN_LIMITS = { text: 20_000, link: 2_000, feedback: 5_000, file: FILE_BYTES };

/** A file stands in memory a few times over while it is read, looked at and stored: some forty megabytes each. */
export const handingIn = new Turns({ atOnce: 3, waiting: 20 }, 'files_busy');

/** The largest file, and beside it a text whose every sign takes four bytes, with what the parts of a body cost. */
const BODY_BYTES = FILE_BYTES + 256 * 1024;

/** Parts of that body: the form has five. A file of nothing becomes an object of a kilobyte, and ten megabytes have room for many. */
const PARTS = 50;

type Values = { text: string; link: string };
type Read = { values: Values } & ({ given: Given } | { errors: Record<string, string> });

const words = z.object({
  text: z.string().max(HAND_IN_LIMITS.text),
  link: z
    .string()
    .max(HAND_IN_LIMITS.link)
    .refine(isLink, { params: { text: 'link' } }),
});

/** A form with which somebody hands in, as it was sent; what is in a file is the service's to see. */
export async function readHandIn(request: Request): Promise<Read> {
  const data = await readForm(request, BODY_BYTES, PARTS);
  const typed = (name: string) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
  };
  const values = { text: typed('text'), link: typed('link') };
  const parsed = words.safeParse(values);
  if (!parsed.success) {
    const isLinkFault = parsed.error.issues.some((issue) => issue.code === 'custom');
    return {
      values,
      errors: { ...fieldErrors(parsed.error), ...(isLinkFault ? { link: m.hand_in_link_fault() } : {}) },
    };
  }
  const file = data.get('file');
  const isChosen = file instanceof File && (file.size > 0 || file.name !== '');
  const given = isChosen
    ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
    : typed('drop') === 'yes'
      ? null
      : 'keep';
  return { values, given: { stamp: typed('stamp'), ...parsed.data, file: given } };
}

/** '' is no link, and no fault. */
function isLink(typed: string): boolean {
  if (typed === '') return true;
  const url = URL.parse(typed);
  return url?.protocol === 'https:' && url.hostname.includes('.') && url.username === '' && url.password === '';
}
