/** The input cannot be used; the message is for the operator, one fault a line. */
export class Refused extends Error {}
