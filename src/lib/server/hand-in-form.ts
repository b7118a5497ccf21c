import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrors } from '#lib/text/fields.ts';
import { receiveForm } from './form-values.ts';
import { FILE_BYTES } from './hand-ins/file-kinds.ts';
import type { Given } from './hand-ins/service.ts';
import { Places } from './limits/places.ts';
import { Room } from './limits/room.ts';
import { Turns } from './limits/turns.ts';

/** Most signs of a text that is handed in, of a link, and of feedback; most bytes of a file. */
export const HAND_IN_LIMITS = { text: 20_000, link: 2_000, feedback: 5_000, file: FILE_BYTES };

/** The largest file, and beside it a text whose every sign takes four bytes, with what the parts of a body cost. */
const BODY_BYTES = FILE_BYTES + 256 * 1024;

/** Parts of that body: the form has five. A file of nothing becomes an object of a kilobyte, and ten megabytes have room for many. */
const PARTS = 50;

/** What is not larger than this holds nobody up, and is held up by no file: a text, a link, and a boundary between them. */
const SMALL_BYTES = 256 * 1024;

/** Files that come in, at the speed of their senders, who may be slow on purpose: six of the largest, while others wait. */
const arriving = new Room({ bytes: 6 * BODY_BYTES, waiting: 20 }, 'files_busy');

/** Of those so many are of one account: the form, and once more where somebody presses twice. */
const sending = new Places(2);

/**
 * One that has arrived stands in memory a few times over while it is read, looked at and stored, some forty megabytes, and more
 * until that is collected: one after the other. It takes a moment, whoever sent it.
 */
const handling = new Turns({ atOnce: 1, waiting: 50 }, 'files_busy');

type Values = { text: string; link: string };
type Read = { values: Values } & ({ given: Given } | { errors: Record<string, string> });

/**
 * A form with which an account hands in: it is taken in, and then read and worked on; where it may hold a large file, each in its turn.
 * @throws DomainError files_busy where too many wait; TooManyAttempts for the third at once of one account; what `work` throws
 */
export async function takeHandIn<T>(request: Request, account: string, work: (read: Read) => Promise<T>): Promise<T> {
  const takeIn = () => receiveForm(request, BODY_BYTES, PARTS);
  const size = sizeOf(request);
  if (size <= SMALL_BYTES) return work(await readHandIn(await (await takeIn())()));
  const giveBack = sending.take(account);
  try {
    return await arriving.take(size, async () => {
      const read = await takeIn();
      return handling.take(async () => work(await readHandIn(await read())));
    });
  } finally {
    giveBack();
  }
}

/** How much of a body is kept at most. The server holds whoever says a length to it; who says none may send all there may be. */
function sizeOf({ headers }: Request): number {
  const said = headers.get('content-length');
  return said !== null && /^\d+$/.test(said) ? Math.min(Number(said), BODY_BYTES) : BODY_BYTES;
}

const words = z.object({
  text: z.string().max(HAND_IN_LIMITS.text),
  link: z
    .string()
    .max(HAND_IN_LIMITS.link)
    .refine(isLink, { params: { text: 'link' } }),
});

/** A form with which somebody hands in, as it was sent; what is in a file is the service's to see. */
async function readHandIn(data: FormData): Promise<Read> {
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
