/** The id on its page of what a key of the queue is about. */
export function anchorOf(key: string): string {
  const kind = ['scale', 'then'].find((each) => key.startsWith(`${each}.`));
  return kind === undefined ? `aspect-${key}` : `${kind}-${key.slice(kind.length + 1)}`;
}
