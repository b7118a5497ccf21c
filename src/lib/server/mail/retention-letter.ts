import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import { letter, text, type Frame } from './frame.ts';
import type { Letter } from './letter.ts';

/** Says a month ahead that names, addresses and remarks of a cohort go, and what one may still do. */
export function retentionAhead(
  frame: Frame,
  plan: { id: string; name: string; goesOn: string },
  reader: 'trainer' | 'admin',
): Letter {
  const locale = { locale: frame.language };
  const names = { cohort: plan.name, day: dayText(plan.goesOn, frame.language) };
  const link =
    reader === 'trainer'
      ? { label: m.retention_mail_button({}, locale), url: `${frame.publicUrl}/cohorts/${plan.id}` }
      : { label: m.retention_mail_button_admin({}, locale), url: `${frame.publicUrl}/admin/privacy/retention` };
  const what = [
    m.retention_mail_names({}, locale),
    m.retention_mail_remarks({}, locale),
    m.retention_mail_links({}, locale),
  ];
  return letter(frame, m.retention_mail_subject(names, locale), [
    text(m.retention_mail_what(names, locale)),
    { kind: 'points', heading: m.retention_mail_goes({}, locale), points: what },
    text(m.retention_mail_stays({}, locale)),
    text(reader === 'trainer' ? m.retention_mail_next({}, locale) : m.retention_mail_next_admin({}, locale)),
    { kind: 'link', ...link },
  ]);
}
