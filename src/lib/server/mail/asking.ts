/** Mails that ask somebody to fill in. A receipt thanks: it costs nobody the reminder of another form. */

/** The first word of a form. */
export const INVITING = ['invitation', 'replacement'] as const;
/** Mails that name all open forms of somebody in a round; whoever has a later one needs no earlier one. */
export const WHOLE = ['invitation', 'reminder'] as const;
export const ASKING = [...WHOLE, 'replacement'] as const;
