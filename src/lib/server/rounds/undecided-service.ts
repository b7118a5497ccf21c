/** Whether a round may still change, for the queries of others: open, or closed and never released (undecided-queries.ts). */
export { isUndecided } from './undecided-queries.ts';
