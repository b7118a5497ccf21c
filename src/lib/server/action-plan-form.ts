import { m } from '#lib/paraglide/messages.js';
import { MOST_STEPS, STEP_LENGTH, TEXT_LENGTH } from '#lib/programme/action-plan.ts';
import type { ActionPlan, GivenPlan } from './action-plans/service.ts';
import { formValues } from './form-values.ts';
import { readPlanDay } from './plan-form.ts';
import { versionOf } from './version-form.ts';

/** The fields of an action plan's form: a step has its text, its day and, where it was stored already, its id. */
const TEXTS = ['goal', 'help', 'signs'] as const;
const NUMBERS = Array.from({ length: MOST_STEPS }, (_, index) => index + 1);
const FIELDS = [...TEXTS, 'version', ...NUMBERS.flatMap((number) => [`step${number}`, `day${number}`, `id${number}`])];

type Values = Partial<Record<string, string>>;
type Read =
  { values: Values; plan: GivenPlan; version: number } | { values: Values; plan: null; errors: Record<string, string> };

/**
 * An action plan as it was sent, checked; empty steps are left out.
 * @param today the day (yyyy-mm-dd) that days are near
 */
export async function readActionPlan(request: Request, today: string): Promise<Read> {
  const values: Values = await formValues(request, FIELDS);
  const errors: Record<string, string> = {};
  const text = (field: string, most: number): string => {
    const typed = (values[field] ?? '').replaceAll('\r\n', '\n').trim();
    if (typed.length > most) errors[field] = m.field_error_long({ max: most });
    return typed;
  };
  const [goal = '', help = '', signs = ''] = TEXTS.map((field) => text(field, TEXT_LENGTH));
  if (goal === '') errors['goal'] = m.action_plan_fault_goal();
  const steps = NUMBERS.flatMap((number): GivenPlan['steps'] => {
    const said = text(`step${number}`, STEP_LENGTH).replaceAll(/\s+/g, ' ');
    const typed = (values[`day${number}`] ?? '').trim();
    const onDay = typed === '' ? null : readPlanDay(typed, today);
    if (typed !== '' && onDay === null) errors[`day${number}`] = m.course_fault_day();
    if (typed !== '' && said === '') errors[`step${number}`] = m.action_plan_fault_step();
    return said === '' ? [] : [{ id: values[`id${number}`] ?? null, text: said, onDay }];
  });
  if (Object.keys(errors).length > 0) return { values, plan: null, errors };
  return { values, plan: { goal, help, signs, steps }, version: versionOf.parse(values['version']) };
}

/** What a plan says in the fields of its form. */
export function actionPlanValues({ goal, help, signs, steps }: ActionPlan): Record<string, string> {
  const ofSteps = steps.flatMap(({ id, text, onDay }, index) => [
    ...[
      [`step${index + 1}`, text] as const,
      [`day${index + 1}`, onDay ?? ''] as const,
      [`id${index + 1}`, id] as const,
    ],
  ]);
  return { goal, help, signs, ...Object.fromEntries(ofSteps) };
}
