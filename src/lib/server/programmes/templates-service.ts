import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Template } from '#lib/programme/schema.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { shippedShortLists, shippedTemplates } from './shipped.ts';
import * as queries from './template-queries.ts';

export type { TemplateVersion } from './template-queries.ts';

/** A version with what it says. */
export type OpenTemplate = queries.TemplateVersion & { template: Template };

/** Loads the templates that ship with the product, and the short lists of two of them, each once. */
export async function ensureShipped(db: Db): Promise<void> {
  for (const list of shippedShortLists()) await instruments.ensureShipped(db, list);
  for (const template of shippedTemplates()) {
    const { key, version } = template;
    if (await queries.findVersion(db, key, version)) continue;
    await queries.insertTemplate(db, {
      ...{ id: newId(), key, version, title: template.title.nl, document: JSON.stringify(template) },
      ...{ status: 'published', createdAt: nowIso(), createdBy: null },
    });
  }
}

/**
 * The templates that a cohort can be made from, the newest published version of each.
 * @throws DomainError forbidden
 */
export async function listUsable(db: Db, actor: Actor): Promise<OpenTemplate[]> {
  if (!may(actor, 'create_cohort') && !may(actor, 'manage_templates')) throw new DomainError('forbidden');
  const published = (await queries.listTemplates(db)).filter(({ status }) => status === 'published');
  const newest = [...new Map(published.map((version) => [version.key, version])).values()];
  return Promise.all(newest.map(({ id }) => load(db, id)));
}

/** A version, whatever its state, for the services that make something of it. @throws DomainError not_found */
export async function load(db: Db, id: string): Promise<OpenTemplate> {
  const found = await queries.findTemplate(db, id);
  if (!found) throw new DomainError('not_found');
  const { document, ...version } = found;
  return { ...version, template: JSON.parse(document) as Template }; // checked before it was stored
}

/** A version that cohorts can be made from. @throws DomainError not_found, template_not_published */
export async function assertPublished(db: Db, id: string): Promise<OpenTemplate> {
  const found = await load(db, id);
  if (found.status !== 'published') throw new DomainError('template_not_published');
  return found;
}

/** The newest published version of a template; null when there is none. */
export async function findNewest(db: Db, key: string): Promise<OpenTemplate | null> {
  const newest = (await queries.listTemplates(db)).findLast((each) => each.key === key && each.status === 'published');
  return newest ? load(db, newest.id) : null;
}
