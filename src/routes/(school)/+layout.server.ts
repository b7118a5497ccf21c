import { ownParts } from '#lib/server/own-parts.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { actor } }) => ({ parts: ownParts(actor) });
