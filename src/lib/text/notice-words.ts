import { m } from '#lib/paraglide/messages.js';

/** What the fields of the form about the privacy page are called. */
export const noticeLabels = () => ({
  controller: m.privacy_admin_controller(),
  controllerEmail: m.privacy_admin_controller_email(),
  officer: m.privacy_admin_officer(),
  officerEmail: m.privacy_admin_officer_email(),
  arrangement: m.privacy_admin_arrangement(),
  basis: m.privacy_admin_basis(),
  basisReason: m.privacy_admin_basis_reason(),
  consentedOn: m.privacy_admin_consented(),
  server: m.privacy_admin_server(),
  mail: m.privacy_admin_mail(),
  trainers: m.privacy_admin_trainers(),
});

/** The day on which the words of the privacy page last came to say something else: whoever changes what they say moves it. */
const WORDS_OF = '2026-11-26';

/** The day (yyyy-mm-dd) of the text of the privacy page; `changedOn`: when what the board says there last changed, or null. */
export function dayOfText(changedOn: string | null): string {
  return changedOn !== null && changedOn > WORDS_OF ? changedOn : WORDS_OF;
}

type Basis = { basis: 'legitimate_interest' | 'public_task' | null; basisReason: string | null };

/** Why the data may be kept (GDPR art. 13(1)(c) and (d)); null as long as the board has not said so. */
export function basisText({ basis, basisReason }: Basis): string | null {
  if (basis === null) return null;
  const words = basis === 'legitimate_interest' ? m.privacy_why_interest() : m.privacy_why_task();
  return basisReason === null ? words : `${words} ${basisReason}`;
}

/** Where the server and the mail are: by name, or as far as it is known. */
export function placeText({ server, mail }: { server: string | null; mail: string | null }): string {
  const places = [
    server === null ? m.privacy_where_server() : m.privacy_where_server_named({ name: server }),
    mail === null ? m.privacy_where_mail() : m.privacy_where_mail_named({ name: mail }),
  ];
  return [...places, m.privacy_where_eu()].join(' ');
}

/** What a trainer sees, and whom the trainers work for if that is known. */
export function trainerText(trainers: string | null): string {
  const sees = m.privacy_who_trainer_is();
  return trainers === null ? sees : `${sees} ${m.privacy_who_trainers_of({ name: trainers })}`;
}
