import { DomainError } from '#lib/errors.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { ROLES, type Role } from '#lib/instrument/types.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';

/** Each rater gets the competencies in an order of their own; a preview always in this one. */
export const PREVIEW_SEED = 0;

/** A form to look at: of which list, as whom. */
type Preview = {
  list: { id: string; title: string; version: string; roles: Role[] };
  instrument: Instrument;
  role: Role;
};

/**
 * The form of a list as this role would get it; nobody's form, so that nothing can be saved.
 * @throws DomainError forbidden, not_found
 */
export async function openPreview(locals: App.Locals, params: { list: string; role: string }): Promise<Preview> {
  const version = await lists.get(locals.app.db, signedIn(locals), params.list);
  const role = ROLES.find((each) => each === params.role);
  const { instrument } = version;
  if (instrument === null || !instrument.roles.some(({ key }) => key === role) || role === undefined) {
    throw new DomainError('not_found');
  }
  const { id } = version;
  const roles = instrument.roles.map(({ key }) => key);
  return { list: { id, title: instrument.title[locals.locale], version: version.version, roles }, instrument, role };
}
