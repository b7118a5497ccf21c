import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import { templateSchema } from '#lib/programme/schema.ts';
import type { Template } from '#lib/programme/schema.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as queries from './template-queries.ts';
import { load, type OpenTemplate } from './templates-service.ts';

/** A version with how many cohorts were made from it. */
export type ListedTemplate = queries.TemplateVersion & { cohorts: number };

/** Every version of every template, for whoever manages them. @throws DomainError forbidden */
export async function list(db: Db, actor: Actor): Promise<ListedTemplate[]> {
  assertMay(actor);
  const uses = new Map((await queries.countUses(db)).map(({ id, cohorts }) => [id, cohorts]));
  return (await queries.listTemplates(db)).map((version) => ({ ...version, cohorts: uses.get(version.id) ?? 0 }));
}

/** A version, whatever its state. @throws DomainError forbidden, not_found */
export async function open(db: Db, actor: Actor, id: string): Promise<OpenTemplate> {
  assertMay(actor);
  return load(db, id);
}

/**
 * Makes a draft with the content of a version.
 * @returns its id
 * @throws DomainError forbidden, not_found, template_exists when this key has this version already
 */
export function copy(db: Db, actor: Actor, id: string, named: Pick<Template, 'key' | 'version'>): Promise<string> {
  return inTransaction(db, async (trx) => {
    const { template } = await open(trx, actor, id);
    if (await queries.findVersion(trx, named.key, named.version)) throw new DomainError('template_exists');
    const draft = templateSchema.parse({ ...template, ...named });
    const made = newId();
    await queries.insertTemplate(trx, {
      ...{ id: made, ...named, title: draft.title.nl, document: JSON.stringify(draft), status: 'draft' },
      ...{ createdAt: nowIso(), createdBy: actor.kind === 'user' ? actor.userId : null },
    });
    await record(trx, actor, 'template.made', made);
    return made;
  });
}

/**
 * Changes a draft; its key and version stay.
 * @param revision of the draft that the change was made from
 * @throws DomainError forbidden, not_found, template_not_draft, changed_meanwhile
 */
export function change(db: Db, actor: Actor, id: string, revision: number, template: Template): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { key, version } = await openDraft(trx, actor, id, revision);
    const document = JSON.stringify({ ...template, key, version });
    const isDone = await queries.updateDraft(trx, id, revision, { title: template.title.nl, document });
    if (!isDone) throw new DomainError('changed_meanwhile');
    await record(trx, actor, 'template.changed', id);
  });
}

/** Publishes a draft as it was seen; it never changes after. @throws DomainError as `change` */
export function publish(db: Db, actor: Actor, id: string, revision: number): Promise<void> {
  return inTransaction(db, async (trx) => {
    await openDraft(trx, actor, id, revision);
    await queries.setStatus(trx, id, 'published');
    await record(trx, actor, 'template.published', id);
  });
}

/**
 * No cohort is made from this version any more, or again (`isRetired` false); cohorts that were keep their plan.
 * @throws DomainError forbidden, not_found, template_not_published for a draft
 */
export function setRetired(db: Db, actor: Actor, id: string, isRetired: boolean): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { status } = await open(trx, actor, id);
    if (status === 'draft') throw new DomainError('template_not_published');
    await queries.setStatus(trx, id, isRetired ? 'retired' : 'published');
    await record(trx, actor, isRetired ? 'template.retired' : 'template.retirement_ended', id);
  });
}

async function openDraft(trx: Db, actor: Actor, id: string, revision: number): Promise<OpenTemplate> {
  const found = await open(trx, actor, id);
  if (found.status !== 'draft') throw new DomainError('template_not_draft');
  if (found.revision !== revision) throw new DomainError('changed_meanwhile');
  return found;
}

function assertMay(actor: Actor): void {
  if (!may(actor, 'manage_templates')) throw new DomainError('forbidden');
}

type TemplateAction = Extract<audit.AuditAction, `template.${string}`>;
const record = (trx: Db, actor: Actor, action: TemplateAction, id: string) =>
  audit.record(trx, actor, action, { type: 'template', id });
