import { beforeEach, describe, expect, it } from 'vitest';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const operator = { kind: 'operator' } as const;
const shipped = shippedInstrument();
const second: Instrument = { ...shipped, version: '2.0.0' };

let db: Db;
beforeEach(async () => {
  db = await testDatabase();
});

describe('the list that ships with the product', () => {
  it('is there, published, whole, and loaded once', async () => {
    await instruments.ensureShipped(db, shipped);
    expect(await instruments.list(db)).toEqual([
      expect.objectContaining({ key: 'ib-180', version: '1.0.0', status: 'published' }),
    ]);
    const found = await instruments.find(db, 'ib-180', '1.0.0');
    const loaded = await instruments.load(db, found?.id ?? '');
    expect(loaded.instrument).toEqual(shipped);
    const codes = shipped.competencies.flatMap(({ clusters }) =>
      clusters.flatMap(({ aspects }) => aspects.map(({ code }) => code)),
    );
    expect([...loaded.aspectIds.keys()]).toEqual(codes);
    expect(codes.map((code) => loaded.aspectCodes.get(loaded.aspectIds.get(code) ?? 0))).toEqual(codes);
    expect([...loaded.competencyIds.keys()]).toEqual(shipped.competencies.map(({ code }) => code));
  });
});

describe('a new version', () => {
  it('comes in as a draft and is published once', async () => {
    const id = await instruments.importDraft(db, operator, second);
    expect(await instruments.find(db, 'ib-180', '2.0.0')).toMatchObject({ id, status: 'draft', publishedAt: null });
    await instruments.publish(db, operator, 'ib-180', '2.0.0');
    expect(await instruments.find(db, 'ib-180', '2.0.0')).toMatchObject({ id, status: 'published' });
    await expect(instruments.publish(db, operator, 'ib-180', '2.0.0')).rejects.toEqual(refused('instrument_not_draft'));
  });

  it('never takes the place of one that is there, draft or published', async () => {
    await expect(instruments.importDraft(db, operator, shipped)).rejects.toEqual(refused('instrument_exists'));
    await instruments.importDraft(db, operator, second);
    await expect(instruments.importDraft(db, operator, second)).rejects.toEqual(refused('instrument_exists'));
  });

  it('keeps its aspects apart from those of the version before, though the codes are the same', async () => {
    const id = await instruments.importDraft(db, operator, second);
    await instruments.publish(db, operator, 'ib-180', '2.0.0');
    const before = await instruments.find(db, 'ib-180', '1.0.0');
    const [one, two] = [await instruments.load(db, before?.id ?? ''), await instruments.load(db, id)];
    const shared = [...one.aspectIds.values()].filter((aspect) => two.aspectCodes.has(aspect));
    expect(shared).toEqual([]);
  });

  it('is the administrator’s and the operator’s to import and publish', async () => {
    const trainer = await make.makeTrainer(db);
    await expect(instruments.importDraft(db, trainer, second)).rejects.toEqual(refused('forbidden'));
    const admin = await make.makeTrainer(db, { admin: true });
    await instruments.importDraft(db, admin, second);
    await expect(instruments.publish(db, trainer, 'ib-180', '2.0.0')).rejects.toEqual(refused('forbidden'));
    await instruments.publish(db, admin, 'ib-180', '2.0.0');
  });

  it('that is not there is not found', async () => {
    expect(await instruments.find(db, 'ib-180', '9.9.9')).toBeNull();
    await expect(instruments.load(db, 'no-such-list')).rejects.toEqual(refused('not_found'));
    await expect(instruments.publish(db, operator, 'ib-180', '9.9.9')).rejects.toEqual(refused('not_found'));
  });
});
