import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { addAspect, addCluster, addCompetency } from '#lib/instrument/edit-draft.ts';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const title = { nl: 'Eigen lijst', en: 'Own list' };
const named = { key: 'own', version: '1', title };
const aspect = { code: 'A.01', other: { nl: 'De IB’er luistert.' }, self: { nl: 'Ik luister.' } };

let db: Db;
let admin: UserActor;
let trainer: UserActor;
beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
  trainer = await make.makeTrainer(db);
});

/** A draft with one aspect, at its revision 4. */
async function smallDraft(): Promise<string> {
  const id = await drafts.make(db, admin, named, null);
  await drafts.change(db, admin, id, 1, (draft) => addCompetency(draft, { code: 'A', title }), 'A');
  await drafts.change(db, admin, id, 2, (draft) => addCluster(draft, 'A', title));
  await drafts.change(db, admin, id, 3, (draft) => addAspect(draft, 'A-1', aspect), 'A.01');
  return id;
}

async function shippedId(): Promise<string> {
  return (await instruments.find(db, 'ib-180', '1.0.0'))?.id ?? '';
}

async function logged(): Promise<string[]> {
  const rows = await db.selectFrom('audit_event').select('action').where('object_type', '=', 'instrument').execute();
  return rows.map(({ action }) => action).filter((action) => !action.endsWith('imported'));
}

describe('a draft', () => {
  it('is made empty, filled, published, and then used for a round', async () => {
    const id = await smallDraft();
    await drafts.publish(db, admin, id, 4);
    const list = await instruments.load(db, id);
    expect(list.instrument.competencies[0]?.clusters[0]?.aspects[0]?.other).toEqual({
      nl: 'De IB’er luistert.',
      en: 'De IB’er luistert.',
    });
    expect([...list.aspectIds.keys()]).toEqual(['A.01']);
    const cohort = await make.makeCohort(db, { trainer });
    await expect(make.planRound(db, cohort, { instrumentVersionId: id })).resolves.toEqual(expect.any(String));
    expect((await logged()).slice(-5)).toEqual([
      ...['instrument.made', 'instrument.changed', 'instrument.changed', 'instrument.changed'],
      'instrument.published',
    ]);
  });

  it('that is not complete is not published', async () => {
    const id = await drafts.make(db, admin, named, null);
    await expect(drafts.publish(db, admin, id, 1)).rejects.toEqual(refused('list_incomplete'));
    expect((await drafts.open(db, admin, id)).status).toBe('draft');
  });

  it('is changed by one at a time: whoever comes second is told', async () => {
    const id = await smallDraft();
    const rename = () =>
      drafts.change(db, admin, id, 4, (draft) => ({ ok: true, draft: { ...draft, title: { nl: 'Anders' } } }));
    await rename();
    await expect(rename()).rejects.toEqual(refused('changed_meanwhile'));
    await expect(drafts.publish(db, admin, id, 4)).rejects.toEqual(refused('changed_meanwhile'));
    expect(await drafts.open(db, admin, id)).toMatchObject({ revision: 5, title: 'Anders' });
  });

  it('gives back what was taken out of it, until it is published', async () => {
    const id = await smallDraft();
    const before = await drafts.open(db, admin, id);
    await drafts.removePart(db, admin, id, 4, { kind: 'competency', id: 'A' });
    const without = await drafts.open(db, admin, id);
    expect(without.draft.competencies).toEqual([]);
    await drafts.putBack(db, admin, id, 5, without.removed[0]?.id ?? '');
    const after = await drafts.open(db, admin, id);
    expect(after).toEqual({ ...before, revision: 6 });
    await expect(drafts.putBack(db, admin, id, 6, without.removed[0]?.id ?? '')).rejects.toEqual(refused('part_gone'));
    await drafts.change(db, admin, id, 6, (draft) => addAspect(draft, 'A-1', { ...aspect, code: 'A.02' }));
    await drafts.removePart(db, admin, id, 7, { kind: 'aspect', id: 'A.02' });
    await drafts.publish(db, admin, id, 8);
    expect((await drafts.open(db, admin, id)).removed).toEqual([]);
  });

  it('has a name of its own', async () => {
    const id = await smallDraft();
    await expect(drafts.make(db, admin, named, null)).rejects.toEqual(refused('instrument_exists'));
    const second = await drafts.make(db, admin, { ...named, version: '2' }, null);
    const taken = drafts.change(db, admin, second, 1, (draft) => ({ ok: true, draft: { ...draft, version: '1' } }));
    await expect(taken).rejects.toEqual(refused('instrument_exists'));
    expect(await drafts.open(db, admin, id)).toMatchObject({ version: '1', status: 'draft' });
  });

  it('is removed for good; what was published stays', async () => {
    const id = await smallDraft();
    await drafts.remove(db, admin, id, 4);
    await expect(drafts.open(db, admin, id)).rejects.toEqual(refused('not_found'));
    await expect(drafts.remove(db, admin, await shippedId(), 2)).rejects.toEqual(refused('instrument_not_draft'));
    expect((await logged()).at(-1)).toBe('instrument.removed');
  });
});

describe('a new version', () => {
  it('begins with all of the one before, knows it, and leaves it as it was', async () => {
    const from = await shippedId();
    const before = await instruments.load(db, from);
    const id = await drafts.make(db, admin, { ...named, key: 'ib-180', version: '1.1.0' }, from);
    const copy = await drafts.open(db, admin, id);
    expect(copy).toMatchObject({ basedOn: from, status: 'draft', title: 'Eigen lijst' });
    await drafts.removePart(db, admin, id, 1, { kind: 'competency', id: 'C1' });
    expect((await lists.get(db, admin, from)).instrument).toEqual(before.instrument);
  });

  it('is not made from a draft', async () => {
    const id = await smallDraft();
    await expect(drafts.make(db, admin, { ...named, version: '2' }, id)).rejects.toEqual(
      refused('instrument_not_published'),
    );
  });
});

describe('a published version', () => {
  it('never changes, by no service and no statement', async () => {
    const id = await smallDraft();
    await drafts.publish(db, admin, id, 4);
    const { revision } = await drafts.open(db, admin, id);
    const edits = [
      drafts.change(db, admin, id, revision, (draft) => ({ ok: true, draft })),
      drafts.removePart(db, admin, id, revision, { kind: 'aspect', id: 'A.01' }),
      drafts.publish(db, admin, id, revision),
      drafts.remove(db, admin, id, revision),
    ];
    for (const edit of edits) await expect(edit).rejects.toEqual(refused('instrument_not_draft'));
    await expect(sql`update instrument_version set document = '{}' where id = ${id}`.execute(db)).rejects.toThrow(
      'never changes',
    );
  });

  it('that is retired is chosen for no new round, while those that have it go on', async () => {
    const cohort = await make.makeCohort(db, { trainer });
    await make.addSeries(db, cohort);
    const planned = await make.planRound(db, cohort);
    const id = await shippedId();
    await drafts.retire(db, admin, id);
    await drafts.retire(db, admin, id);
    await expect(make.planRound(db, cohort)).rejects.toEqual(refused('instrument_not_published'));
    await rounds.open(db, cohort.trainer, cohort.secret, planned);
    await drafts.endRetirement(db, admin, id);
    await expect(make.planRound(db, cohort)).resolves.toEqual(expect.any(String));
    expect((await logged()).slice(-2)).toEqual(['instrument.retired', 'instrument.retirement_ended']);
  });
});

describe('who may', () => {
  it('an administrator makes lists, a trainer looks at those that are published', async () => {
    const id = await smallDraft();
    const tries = [
      drafts.make(db, trainer, { ...named, version: '2' }, null),
      drafts.open(db, trainer, id),
      drafts.change(db, trainer, id, 4, (draft) => ({ ok: true, draft })),
      drafts.publish(db, trainer, id, 4),
      drafts.retire(db, trainer, await shippedId()),
      drafts.remove(db, trainer, id, 4),
    ];
    for (const attempt of tries) await expect(attempt).rejects.toEqual(refused('forbidden'));
    await expect(lists.get(db, trainer, id)).rejects.toEqual(refused('not_found'));
    expect((await lists.get(db, admin, id)).instrument?.competencies).toHaveLength(1);
    const seen = async (who: UserActor) => (await lists.overview(db, who)).map(({ key, aspects }) => [key, aspects]);
    expect(await seen(trainer)).toEqual([['ib-180', 93]]);
    expect(await seen(admin)).toEqual([
      ['ib-180', 93],
      ['own', 1],
    ]);
    const nobody = { ...trainer, trainer: false, cohortIds: [] };
    await expect(lists.overview(db, nobody)).rejects.toEqual(refused('forbidden'));
  });

  it('a trainer sees in which own rounds a list is used, an administrator in which of all', async () => {
    const [own, other] = [await make.makeCohort(db, { trainer }), await make.makeCohort(db)];
    for (const cohort of [own, other]) await make.planRound(db, cohort);
    const usedIn = async (who: UserActor) =>
      (await lists.get(db, who, await shippedId())).uses.map(({ cohortId }) => cohortId).sort();
    expect(await usedIn(own.trainer)).toEqual([own.id]);
    expect(await usedIn(admin)).toEqual([own.id, other.id].sort());
  });
});
