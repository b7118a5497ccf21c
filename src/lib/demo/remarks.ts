import type { Random } from './random.ts';
import { REMARKS } from './remarks-data.ts';
import type { RemarkSketch } from './remarks-data.ts';
import type { DemoForm } from './types.ts';

/** The share of the remarks in stock that one rater writes; at a school that writes a lot, more. */
const SHARE = 0.09;
const TALKATIVE_SHARE = 0.16;
/** From this score on somebody writes thanks, below it a wish. */
const OFTEN = 4;

/**
 * The forms of one school and round with remarks: no text stands twice, and only at a statement that its writer scored so.
 * Teachers share the stock of theirs, so that it is used up evenly.
 */
export function withRemarks(forms: readonly DemoForm[], random: Random, isTalkative: boolean): DemoForm[] {
  const share = isTalkative ? TALKATIVE_SHARE : SHARE;
  const written = new Map<DemoForm, Map<string, string>>(forms.map((form) => [form, new Map()]));
  for (const role of ['director', 'ib', 'teacher'] as const) {
    const writers = forms.filter((form) => form.role === role);
    for (const remark of random.shuffled(REMARKS[role])) {
      if (!random.chance(Math.min(1, share * writers.length))) continue;
      const [writer] = random.shuffled(writers.filter((form) => fits(form, remark)));
      if (writer) written.get(writer)?.set(remark.aspect, remark.text);
    }
  }
  return forms.map((form) => ({
    ...form,
    answers: form.answers.map((answer) => ({ ...answer, comment: written.get(form)?.get(answer.aspect) ?? '' })),
  }));
}

function fits({ answers }: DemoForm, { aspect, isWish = false }: RemarkSketch): boolean {
  const score = answers.find((answer) => answer.aspect === aspect)?.score ?? null;
  return score !== null && score < OFTEN === isWish;
}
