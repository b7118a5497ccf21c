/** Where what opens lies over the lines below it, as in the stylesheet. */
const isOverLines = () => matchMedia('(min-width: 46rem)').matches;

/**
 * Calls `close` at Escape, wherever the focus is, and at a click beside the element where it lies over other lines;
 * elsewhere nothing closes by itself, for what one touches must not move away.
 * @returns what ends the listening
 */
export function whenLeft(element: HTMLElement, close: () => void): () => void {
  const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close();
  const onClick = ({ target }: MouseEvent) => {
    if (isOverLines() && target instanceof Node && !element.contains(target)) close();
  };
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onClick);
  return () => {
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('click', onClick);
  };
}
