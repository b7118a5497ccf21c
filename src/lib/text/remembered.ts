/**
 * The same function, which makes what it gives once for the same words and numbers. For texts and formatters with few
 * different arguments: nothing is ever forgotten.
 */
export function remembered<Arguments extends readonly (string | number)[], Made>(
  make: (...given: Arguments) => Made,
): (...given: Arguments) => Made {
  const known = new Map<string, Made>();
  return (...given) => {
    const key = given.join('\n');
    const there = known.get(key);
    if (there !== undefined) return there;
    const made = make(...given);
    known.set(key, made);
    return made;
  };
}
