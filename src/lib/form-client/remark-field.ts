import { sayText } from './texts.ts';

const NEAR_THE_END = 200;

/** A remark grows with its text and counts near its end. */
export function showRemark(field: HTMLTextAreaElement): void {
  if (!CSS.supports('field-sizing', 'content')) {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }
  const left = field.maxLength - field.value.length;
  const there = document.getElementById(`${field.id}-left`);
  if (left > NEAR_THE_END) {
    there?.remove();
    field.removeAttribute('aria-describedby');
    return;
  }
  const counter = there ?? addCounter(field);
  counter.textContent = sayText('characters-left', { count: left });
}

function addCounter(field: HTMLTextAreaElement): HTMLElement {
  const counter = document.createElement('p');
  counter.id = `${field.id}-left`;
  counter.className = 'small soft';
  field.after(counter);
  field.setAttribute('aria-describedby', counter.id);
  return counter;
}
