import { m } from '#lib/paraglide/messages.js';

/** Why no mail goes out at all: the server does not answer, takes nothing from us, or there is none. */
export type MailHeldUp = 'unreachable' | 'settings' | 'unset';

const TEXTS = {
  unreachable: m.mail_down_unreachable,
  settings: m.mail_down_settings,
  unset: m.mail_unset,
} as const;

/** What a trainer is to know of so many mails that wait, and whether there is anything to do. */
export function mailWaitText(heldUp: MailHeldUp, count: number): string {
  return TEXTS[heldUp]({ count });
}
