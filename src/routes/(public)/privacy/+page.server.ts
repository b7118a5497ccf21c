import * as privacy from '#lib/server/privacy/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ contact: await privacy.contact(locals.app.readDb) });
