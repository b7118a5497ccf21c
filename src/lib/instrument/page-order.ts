/**
 * The order in which a rater gets the competencies, drawn per rater so that fatigue does not always hit the same one
 * (measurement.md §12). The same seed gives the same order, on every device and in every version.
 * @param codes competency codes in the order of the list
 * @param seed the response's own, an integer from 0 to 2³¹ − 1
 * @returns all codes, each once
 */
export function pageOrder(codes: readonly string[], seed: number): string[] {
  const order = [...codes];
  let state = seed >>> 0;
  // Fisher–Yates: every order is equally likely.
  for (let last = order.length - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) >>> 0;
    const other = Math.floor(scramble(state) * (last + 1));
    [order[last], order[other]] = [order[other] ?? '', order[last] ?? ''];
  }
  return order;
}

/** A number in [0, 1) from a 32-bit state: the mixing step of the Mulberry32 generator. */
function scramble(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
