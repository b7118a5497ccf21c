/** What makes the mail of a link to the usefulness question that mail and no other (`outbox.enqueue`). */
export const onceKeyOf = (linkId: string): string => `usefulness:${linkId}`;
