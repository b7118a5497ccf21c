/**
 * The digits answer: 1–5 a point, 0 "cannot judge", then 1 and 2 its reasons. Only when focus is inside an aspect,
 * never in a text field (WCAG 2.1.4; rules.md, Code). Focus moves on to the next question.
 * @returns whether the key was used
 */
export function answerByKey(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
  const aspect = target.closest<HTMLElement>('.aspect');
  if (!aspect || target instanceof HTMLTextAreaElement) return false;
  const why = target.closest<HTMLElement>('.why');
  const answers = [...(why ?? aspect).querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    (radio) => radio.name.endsWith('.reason') === (why !== null),
  );
  const chosen = why ? answers[Number(event.key) - 1] : answers.find((radio) => radio.value === valueOf(event.key));
  const isSkip = why !== null && event.key === '0';
  if (!chosen && !isSkip) return false;
  if (chosen) {
    chosen.checked = true;
    chosen.dispatchEvent(new Event('change', { bubbles: true }));
  }
  const isReasonNext = chosen?.value === 'C';
  moveTo(isReasonNext ? aspect.querySelector<HTMLElement>('.why input') : afterAspect(aspect));
  return true;
}

function valueOf(key: string): string | null {
  return /^[1-5]$/.test(key) ? key : key === '0' ? 'C' : null;
}

/** The chosen or first answer of the next aspect; after the last one the next question or the button to go on. */
function afterAspect(aspect: HTMLElement): HTMLElement | null {
  const form = aspect.closest('form');
  const stops = [...(form?.querySelectorAll<HTMLElement>('.aspect, .ten, .ffoot [data-go=next]') ?? [])];
  const next = stops[stops.indexOf(aspect) + 1];
  return next?.matches('fieldset') ? answerIn(next) : (next ?? null);
}

/** The chosen or first answer of a question. */
export function answerIn(question: HTMLElement): HTMLElement | null {
  const chosen = question.querySelector<HTMLElement>('.pt :checked, .cant :checked, .ten-pt :checked');
  return chosen ?? question.querySelector('input');
}

/** Gives a field the focus, and its statement the bar that a browser leaves to keys: it says where one was brought (aspect.css). */
export function focusOn(field: HTMLElement): void {
  field.focus({ preventScroll: true });
  const aspect = field.closest<HTMLElement>('fieldset.aspect');
  if (!aspect) return;
  aspect.dataset['here'] = '';
  aspect.addEventListener('focusout', () => delete aspect.dataset['here'], { once: true });
}

/** Gives a field the focus and brings its question to the middle of the screen. */
export function moveTo(field: HTMLElement | null): void {
  if (!field) return;
  focusOn(field);
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const shown = field.closest<HTMLElement>('fieldset.aspect, fieldset.ten') ?? field;
  shown.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' });
}

/** Enter would send the page; on an answer it chooses that answer. @returns whether the key was used */
export function clickByEnter(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return false;
  event.preventDefault();
  event.target.click();
  return true;
}
