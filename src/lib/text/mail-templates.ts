import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';

const NAMES = {
  sign_in: m.mail_template_sign_in,
  invitation: m.mail_template_invitation,
  reminder: m.mail_template_reminder,
  replacement: m.mail_template_replacement,
  address_replaced: m.mail_template_address_replaced,
  receipt: m.mail_template_receipt,
  report_released: m.mail_template_report_released,
  trainer_summary: m.mail_template_trainer_summary,
  test: m.mail_template_test,
  account_added: m.mail_template_account_added,
  account_changed: m.mail_template_account_changed,
  feedback_given: m.mail_template_feedback_given,
  registration: m.mail_template_registration,
} as const;
export type MailTemplateName = keyof typeof NAMES;

/** What kind of mail it is, to begin a line with. */
export function mailTemplateText(template: MailTemplateName, locale: Locale): string {
  return NAMES[template]({}, { locale });
}
