import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';

/**
 * Why a mail has not gone out, as it is kept and shown: never what a mail server answered, which may hold anything.
 * The first five are about the server, and hold up every mail.
 */
const TEXTS = {
  unreachable: m.mail_fault_unreachable,
  certificate_refused: m.mail_fault_certificate_refused,
  encryption_failed: m.mail_fault_encryption_failed,
  sign_in_refused: m.mail_fault_sign_in_refused,
  sender_refused: m.mail_fault_sender_refused,
  later: m.mail_fault_later,
  address_refused: m.mail_fault_address_refused,
  mailbox_full: m.mail_fault_mailbox_full,
  message_refused: m.mail_fault_message_refused,
  given_up: m.mail_fault_given_up,
  no_address: m.mail_fault_no_address,
  unexpected: m.mail_fault_unexpected,
  invented: m.mail_fault_invented,
} as const;
export type MailFaultCode = keyof typeof TEXTS;

/** A fault as it is stored: its code, with the number that the mail server answered where there is one ("later 451"). */
export function writeMailFault(code: MailFaultCode, reply: number | null): string {
  return reply === null ? code : `${code} ${reply}`;
}

/** The sentence for a stored fault, with the mail server's number for whoever asks there. */
export function mailFaultText(stored: string, locale: Locale): string {
  const [code = '', reply] = stored.split(' ');
  const text = isCode(code) ? TEXTS[code] : TEXTS.unexpected;
  const sentence = text({}, { locale });
  return reply === undefined ? sentence : `${sentence} ${m.mail_fault_reply({ reply }, { locale })}`;
}

function isCode(code: string): code is MailFaultCode {
  return Object.hasOwn(TEXTS, code);
}
