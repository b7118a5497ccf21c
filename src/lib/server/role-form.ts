import { z } from 'zod';
import type { Roles } from './accounts/roles.ts';

/** Ids come from the page's own boxes; whether they are there, the service asks. */
const ids = z.array(z.string().min(1).max(64)).max(500).catch([]);

/** The roles that were ticked in a form (`RoleChecks.svelte`): nothing ticked is no role. */
export function readRoles(data: FormData): Roles {
  return {
    admin: data.has('admin'),
    trainer: data.has('trainer'),
    cohorts: ids.parse(data.getAll('cohort')),
    programmes: ids.parse(data.getAll('programme')),
  };
}
