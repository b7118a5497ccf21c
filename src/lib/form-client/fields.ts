import type { Answer } from '#lib/form/answer.ts';

/** An aspect's fields on the page, read and written as they stand: the page works before scripts run. */

type Field = HTMLInputElement | HTMLTextAreaElement;

function fields(root: ParentNode, name: string): Field[] {
  return [...root.querySelectorAll<Field>(`[name="${CSS.escape(name)}"]`)];
}

function checkedValue(root: ParentNode, name: string): string | null {
  return fields(root, name).find((field) => field instanceof HTMLInputElement && field.checked)?.value ?? null;
}

function check(root: ParentNode, name: string, value: string | null): void {
  for (const field of fields(root, name)) {
    if (field instanceof HTMLInputElement) field.checked = field.value === value;
  }
}

function setText(root: ParentNode, name: string, value: string): void {
  for (const field of fields(root, name)) if (field.value !== value) field.value = value;
}

/** Looks in the aspect only: a page has some hundred fields, and is counted at every answer. */
function aspectIn(form: ParentNode, code: string): ParentNode {
  return form.querySelector(`#${CSS.escape(`aspect-${code}`)}`) ?? form;
}

/** What the fields of this aspect say. */
export function readFields(form: ParentNode, code: string): Answer {
  const root = aspectIn(form, code);
  const choice = checkedValue(root, code);
  const reason = checkedValue(root, `${code}.reason`);
  const cannotJudge = choice === 'C';
  return {
    score: choice === null || cannotJudge ? null : Number(choice),
    cannotJudge,
    reason: cannotJudge && (reason === 'not_seen' || reason === 'unclear') ? reason : null,
    unclear: checkedValue(root, `${code}.unclear`) !== null,
    comment: fields(root, `${code}.comment`)[0]?.value ?? '',
  };
}

/** Makes the fields of this aspect say this. */
export function writeFields(form: ParentNode, code: string, answer: Answer): void {
  const root = aspectIn(form, code);
  check(root, code, answer.cannotJudge ? 'C' : answer.score === null ? null : String(answer.score));
  check(root, `${code}.reason`, answer.reason);
  check(root, `${code}.unclear`, answer.unclear ? 'on' : null);
  setText(root, `${code}.comment`, answer.comment);
  // A remark from another device is not left behind a closed pencil.
  if (answer.comment !== '') root.querySelector('details.rem')?.setAttribute('open', '');
}

/** What the fields of a scale question say: its number, and one note a follow-up question. */
export function readScaleFields(
  root: ParentNode,
  code: string,
  followUps: number,
): { value: number | null; notes: string[] } {
  const choice = checkedValue(root, `scale.${code}`);
  return {
    value: choice === null ? null : Number(choice),
    notes: Array.from({ length: followUps }, (_, index) => fields(root, `scale.${code}.note.${index}`)[0]?.value ?? ''),
  };
}

/** Makes the fields of a scale question say this. */
export function writeScaleFields(
  root: ParentNode,
  code: string,
  scale: { value: number | null; notes: string[] },
): void {
  check(root, `scale.${code}`, scale.value === null ? null : String(scale.value));
  scale.notes.forEach((note, index) => setText(root, `scale.${code}.note.${index}`, note));
}

/** The number that was given at a look-back question; null when none was. */
export function readLookBack(root: ParentNode, code: string): number | null {
  const choice = checkedValue(root, `then.${code}`);
  return choice === null ? null : Number(choice);
}

/** Makes the look-back question say this number, or none. */
export function writeLookBack(root: ParentNode, code: string, value: number | null): void {
  check(root, `then.${code}`, value === null ? null : String(value));
}
