/**
 * One press does one thing. The page changes at once when a part or many answers are swapped, so that the second half of
 * a double click lands on something that nobody chose.
 */

/** A little longer than a system waits for the second half of a double click. */
const GESTURE_MS = 600;
const NEAR_PX = 40;

type Place = { x: number; y: number };

let pressed: Place = { x: 0, y: 0 };
/** Where the page changed under the pointer, and until when a press there belongs to the one that changed it. */
let over: Place & { until: number } = { x: 0, y: 0, until: 0 };

/** From now on what follows a press that changed the page is passed over, at the same place and by a pointer only. */
export function guardPresses(): void {
  document.addEventListener(
    'click',
    (event) => {
      if (event.detail === 0) return; // a key, or a script
      pressed = { x: event.clientX, y: event.clientY };
      const isNear = Math.hypot(pressed.x - over.x, pressed.y - over.y) < NEAR_PX;
      if (event.timeStamp > over.until || !isNear) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

/** The page has changed under the pointer: the press that did it is over after a moment. */
export function endPress(): void {
  over = { ...pressed, until: performance.now() + GESTURE_MS };
}

/** Changes the page while this element stays where it is on the screen, for the pointer is on it. */
export function keepInPlace(element: HTMLElement, change: () => void): void {
  const before = element.getBoundingClientRect().top;
  change();
  scrollBy({ top: element.getBoundingClientRect().top - before, behavior: 'instant' });
  endPress();
}
