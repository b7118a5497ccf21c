import { isAnswered, isSameAnswer, NOT_ANSWERED, type Answer } from '#lib/form/answer.ts';
import { readFields, writeFields } from './fields.ts';
import { keepInPlace } from './one-press.ts';
import { codesIn } from './progress.ts';
import { sayText } from './texts.ts';

/**
 * "De rest kan ik niet beoordelen": answers what is still open on this page at one press, and takes it back at another.
 * @param onChanged is told which aspects were written
 */
export function offerRest(form: HTMLFormElement, onChanged: (codes: readonly string[]) => void): void {
  const box = form.querySelector<HTMLElement>('.rest');
  const set = box?.querySelector<HTMLButtonElement>('[data-rest=set]');
  const done = box?.querySelector<HTMLElement>('[data-rest=done]');
  const undo = box?.querySelector<HTMLButtonElement>('[data-rest=undo]');
  if (!box || !set || !done || !undo) return;
  let given: { code: string; before: Answer; after: Answer }[] = [];
  box.hidden = false;
  set.addEventListener('click', () => {
    given = codesIn(form).flatMap((code) => {
      const before = readFields(form, code);
      return isAnswered(before)
        ? []
        : [{ code, before, after: { ...NOT_ANSWERED, cannotJudge: true, comment: before.comment } }];
    });
    keepInPlace(box, () => {
      for (const { code, after } of given) writeFields(form, code, after);
      done.textContent = sayText('rest-done', { count: given.length });
      undo.hidden = false;
      undo.focus({ preventScroll: true });
    });
    onChanged(given.map(({ code }) => code));
  });
  undo.addEventListener('click', () => {
    // What was answered in the meantime stays.
    const kept = given.filter(({ code, after }) => isSameAnswer(readFields(form, code), after));
    keepInPlace(box, () => {
      for (const { code, before } of kept) writeFields(form, code, before);
      done.textContent = sayText('rest-undone');
      undo.hidden = true;
      set.hidden = false;
      set.focus({ preventScroll: true });
    });
    onChanged(kept.map(({ code }) => code));
    given = [];
  });
}
