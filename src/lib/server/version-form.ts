import { z } from 'zod';

/** The version of what a form shows, as it was sent along; 0, which nothing has, where that is none. */
export const versionOf = z.coerce.number().int().catch(0);
