import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import { letter, text, type Frame } from './frame.ts';
import type { Letter } from './letter.ts';

/** Says a month ahead that names, addresses and remarks of a cohort go, single answers too where that was chosen, and what one may still do. */
export function retentionAhead(
  frame: Frame,
  plan: { id: string; name: string; goesOn: string; answers: 'kept' | 'erased' },
  reader: 'trainer' | 'admin' | 'school',
): Letter {
  const locale = { locale: frame.language };
  const names = { cohort: plan.name, day: dayText(plan.goesOn, frame.language) };
  const link = {
    trainer: { label: m.retention_mail_button({}, locale), url: `${frame.publicUrl}/cohorts/${plan.id}` },
    admin: { label: m.retention_mail_button_admin({}, locale), url: `${frame.publicUrl}/admin/privacy/retention` },
    school: { label: m.retention_mail_button_school({}, locale), url: `${frame.publicUrl}/reports` },
  }[reader];
  const next = {
    trainer: m.retention_mail_next,
    admin: m.retention_mail_next_admin,
    school: m.retention_mail_next_school,
  }[reader];
  const what = [
    m.retention_mail_names({}, locale),
    m.retention_mail_remarks({}, locale),
    m.retention_mail_links({}, locale),
    ...(plan.answers === 'erased' ? [m.retention_mail_answers({}, locale)] : []),
  ];
  return letter(frame, m.retention_mail_subject(names, locale), [
    text(m.retention_mail_what(names, locale)),
    { kind: 'points', heading: m.retention_mail_goes({}, locale), points: what },
    text(reader === 'school' ? m.retention_mail_stays_school({}, locale) : m.retention_mail_stays({}, locale)),
    text(next({}, locale)),
    { kind: 'link', ...link },
  ]);
}
