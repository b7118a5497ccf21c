import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import { dayTimeText } from '#lib/text/moments.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { PersonalData } from './service.ts';

/** The action plans of somebody's own data: a row for each part that says something, and for each step. */
export function actionPlanTable({ actionPlans }: Pick<PersonalData, 'actionPlans'>, locale: Locale) {
  const say = (message: (inputs: Record<string, never>, options: { locale: Locale }) => string) =>
    message({}, { locale });
  const at = (moment: string | null) => (moment === null ? null : dayTimeText(new Date(moment), locale));
  const header = [
    ...[say(m.own_data_col_cohort), say(m.own_data_col_what), say(m.own_data_col_value)],
    ...[say(m.action_plan_step_day), say(m.action_plan_done), say(m.own_data_col_changed)],
  ];
  const rows = actionPlans.flatMap(({ cohort, goal, help, signs, sharedAt, changedAt, steps }) => [
    ...[
      [m.action_plan_goal, goal] as const,
      [m.action_plan_help, help] as const,
      [m.action_plan_signs, signs] as const,
    ].flatMap(([message, text]) => (text === '' ? [] : [[cohort, say(message), text, null, null, at(changedAt)]])),
    ...steps.map(({ text, onDay, doneAt }) => [
      ...[cohort, say(m.action_plan_step_one), text, onDay === null ? null : dayText(onDay, locale), at(doneAt)],
      at(changedAt),
    ]),
    ...(sharedAt === null ? [] : [[cohort, say(m.action_plan_is_shared), at(sharedAt), null, null, null]]),
  ]);
  return [header, ...rows];
}
