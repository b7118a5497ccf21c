import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import { letter, text, weekdayText, type Frame } from './frame.ts';
import type { Letter, Part } from './letter.ts';
import type { Asker } from './trainer-queries.ts';

/** A session about which somebody is asked, and the day (ISO 8601) until which there is time. */
type Asked = Asker & { title: string; startsAt: string; closesAt: string };

/** Asks somebody who was at a session how useful it was. */
export function usefulnessQuestion(frame: Frame, asked: Asked, link: string): Letter {
  const locale = { locale: frame.language };
  const day = weekdayText(asked.startsAt, frame.language);
  const parts: Part[] = [
    text(m.mail_useful_what({ day, title: asked.title, cohort: asked.cohortName }, locale)),
    { kind: 'link', label: m.mail_useful_button({}, locale), url: link },
    text(m.mail_useful_who({}, locale)),
    text(m.mail_useful_until({ date: dayText(asked.closesAt, frame.language) }, locale)),
  ];
  return letter(frame, m.mail_useful_subject({ day, title: asked.title }, locale), parts, {
    asker: asked,
    link: 'form',
  });
}
