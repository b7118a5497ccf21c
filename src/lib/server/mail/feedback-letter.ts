import { m } from '#lib/paraglide/messages.js';
import { letter, text, type Frame } from './frame.ts';
import type { Letter, Part } from './letter.ts';
import type { Asker } from './trainer-queries.ts';

/** Says that there is feedback on what somebody handed in; the feedback itself stays behind signing in. */
export function feedbackGiven(frame: Frame, work: Asker & { assignmentId: string; title: string }): Letter {
  const locale = { locale: frame.language };
  const parts: Part[] = [
    text(m.mail_feedback_what({ title: work.title, cohort: work.cohortName }, locale)),
    {
      kind: 'link',
      label: m.mail_feedback_button({}, locale),
      url: `${frame.publicUrl}/assignments/${work.assignmentId}`,
    },
    text(m.mail_feedback_sign_in({}, locale)),
  ];
  return letter(frame, m.mail_feedback_subject({}, locale), parts, { asker: work, link: 'none' });
}
