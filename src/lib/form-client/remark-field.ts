import { sayText } from './texts.ts';

const NEAR_THE_END = 200;

/** A remark grows with its text and counts near its end. */
export function showRemark(field: HTMLTextAreaElement): void {
  if (!CSS.supports('field-sizing', 'content')) {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }
  const left = field.maxLength - field.value.length;
  const counter = document.getElementById(`${field.id}-left`);
  if (!counter) return;
  counter.hidden = left > NEAR_THE_END;
  counter.textContent = left > NEAR_THE_END ? '' : sayText('characters-left', { count: left });
}
