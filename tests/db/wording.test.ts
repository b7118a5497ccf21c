import { beforeEach, describe, expect, it } from 'vitest';
import { changeAspect, findAspect } from '#lib/instrument/edit-draft.ts';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as wording from '#lib/server/wording/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const gone = { ok: false, because: 'gone' } as const;
const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const given = {
  other: { nl: 'De IB’er zegt waar het gesprek over gaat.', en: '' },
  self: { nl: 'Ik zeg waar het gesprek over gaat.', en: '' },
  reason: 'Korter en concreter.',
};

let db: Db;
let admin: UserActor;
let cohort: make.TestCohort;
let roundId: string;
let list: string;
beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  roundId = (await make.openRound(db, cohort)).id;
  list = (await instruments.find(db, 'ib-180', '1.0.0'))?.id ?? '';
});

const propose = (seen: wording.Seen = null, changes = {}, aspect = 'C1.01', actor = cohort.trainer) =>
  wording.propose(db, actor, roundId, aspect, seen, { ...given, ...changes });
const withdraw = (seen: wording.Seen) => wording.withdraw(db, cohort.trainer, roundId, 'C1.01', seen);
const proposed = async () => (await wording.ofRound(db, cohort.trainer, roundId)).get('C1.01')?.[0];
const all = async () => (await wording.ofRound(db, cohort.trainer, roundId)).get('C1.01') ?? [];

async function closedRound(): Promise<void> {
  await rounds.close(db, cohort.trainer, roundId);
}

async function newVersion(version = '1.1.0'): Promise<string> {
  const named = { key: 'ib-180', version, title: { nl: 'Nieuwe versie' } };
  return drafts.make(db, admin, named, list);
}

/** A draft into which the one open proposal was taken over. */
async function takenOver(): Promise<string> {
  const draft = await newVersion();
  const [proposal = null] = await wording.forList(db, admin, draft);
  await wording.takeOver(db, admin, draft, 1, proposal);
  return draft;
}

describe('proposing another wording', () => {
  it('is for a closed round, says something else, and is about an aspect of its list', async () => {
    await expect(propose()).rejects.toEqual(refused('round_not_closed'));
    await closedRound();
    await expect(propose(null, {}, 'C9.99')).rejects.toEqual(refused('not_found'));
    const { instrument } = await instruments.load(db, list);
    const asked = findAspect(instrument, 'C1.01')?.aspect;
    await expect(propose(null, { other: asked?.other, self: asked?.self })).rejects.toEqual(
      refused('wording_unchanged'),
    );
    await propose();
    expect(await proposed()).toMatchObject({ ...given, status: 'open', revision: 1, author: cohort.trainer.name });
  });

  it('is done by one at a time, and taken back while it is open', async () => {
    await closedRound();
    await propose();
    await expect(propose()).rejects.toEqual(refused('changed_meanwhile'));
    const first = await proposed();
    await propose(first, { reason: 'Anders.' });
    await expect(withdraw(first ?? null)).rejects.toEqual(refused('changed_meanwhile'));
    await withdraw((await proposed()) ?? null);
    expect(await proposed()).toBeUndefined();
  });

  it('is not mistaken for the one that was taken back before it, whose count it begins again', async () => {
    await closedRound();
    await propose();
    const first = (await proposed()) ?? null;
    await withdraw(first);
    await propose(null, { reason: 'Anders.' });
    await expect(propose(first, { reason: 'Nog anders.' })).rejects.toEqual(refused('changed_meanwhile'));
    await expect(withdraw(first)).rejects.toEqual(refused('changed_meanwhile'));
    expect(await proposed()).toMatchObject({ reason: 'Anders.', revision: 1 });
  });

  it('is the cohort’s trainer’s alone', async () => {
    await closedRound();
    for (const other of [admin, await make.makeTrainer(db)]) {
      await expect(propose(null, {}, 'C1.01', other)).rejects.toEqual(refused('forbidden'));
      await expect(wording.ofRound(db, other, roundId)).rejects.toEqual(refused('forbidden'));
    }
  });
});

describe('taking a proposal over', () => {
  beforeEach(async () => {
    await closedRound();
    await propose();
  });

  it('puts it into the draft of a new version, and closes it', async () => {
    const draft = await newVersion();
    const [proposal] = await wording.forList(db, admin, draft);
    await wording.takeOver(db, admin, draft, 1, proposal ?? null);
    const taken = findAspect((await drafts.open(db, admin, draft)).draft, 'C1.01')?.aspect;
    expect(taken).toMatchObject({ code: 'C1.01', other: { nl: given.other.nl }, self: { nl: given.self.nl } });
    expect(taken?.other.en).toBeUndefined();
    expect(await wording.forList(db, admin, draft)).toEqual([]);
    expect(await proposed()).toMatchObject({ status: 'taken' });
    await expect(wording.takeOver(db, admin, draft, 2, proposal ?? null)).rejects.toEqual(refused('changed_meanwhile'));
  });

  it('tells an administrator who proposes what and why, and of no round, cohort or figure', async () => {
    const [proposal] = await wording.forList(db, admin, await newVersion());
    expect(proposal).toMatchObject({ aspect: 'C1.01', reason: given.reason, author: cohort.trainer.name });
    expect(JSON.stringify(proposal)).not.toContain(roundId);
    expect(JSON.stringify(proposal)).not.toContain(cohort.id);
  });

  it('can be declined; what is proposed after that is a proposal of its own', async () => {
    const draft = await newVersion();
    const [proposal] = await wording.forList(db, admin, draft);
    await wording.decline(db, admin, draft, proposal ?? null);
    expect(await proposed()).toMatchObject({ status: 'declined', revision: 2, stage: { kind: 'declined' } });
    await propose(await proposed(), { reason: 'Toch.' });
    expect(await wording.forList(db, admin, draft)).toMatchObject([{ reason: 'Toch.', status: 'open' }]);
    expect((await all()).map(({ stage, reason }) => [stage.kind, reason])).toEqual([
      ['open', 'Toch.'],
      ['declined', given.reason],
    ]);
  });

  it('has a life: given, taken over in the draft, in the published version', async () => {
    const stage = async () => (await proposed())?.stage;
    expect(await stage()).toEqual({ kind: 'open' });
    const draft = await takenOver();
    expect(await stage()).toEqual({ kind: 'taken', version: '1.1.0' });
    await drafts.publish(db, admin, draft, 2);
    expect(await stage()).toMatchObject({ kind: 'published', version: '1.1.0', asks: 'proposed' });
    await drafts.retire(db, admin, draft);
    expect(await stage(), 'it was published all the same').toMatchObject({ kind: 'published' });
    const published = { isAsProposed: true, aspect: 'C1.01', author: cohort.trainer.name };
    expect(await wording.takenInto(db, admin, draft)).toMatchObject([published]);
    expect(JSON.stringify(await wording.takenInto(db, admin, draft))).not.toContain(roundId);
  });

  it('says so where the draft was changed once more before it was published, or lost the aspect', async () => {
    const draft = await takenOver();
    const again = { other: { nl: 'De IB’er vraagt door.' }, self: { nl: 'Ik vraag door.' } };
    const edit: Parameters<typeof drafts.change>[4] = (list) => {
      const found = findAspect(list, 'C1.01');
      return found ? changeAspect(list, 'C1.01', { ...found.aspect, ...again }, found.cluster.key) : gone;
    };
    await drafts.change(db, admin, draft, 2, edit);
    expect(await wording.takenInto(db, admin, draft)).toMatchObject([{ isAsProposed: false }]);
    await drafts.publish(db, admin, draft, 3);
    expect((await proposed())?.stage).toMatchObject({ kind: 'published', asks: 'other' });
    const other = await newVersion('1.2.0');
    await propose(await proposed(), { reason: 'Nog eens.' });
    const [anew = null] = await wording.forList(db, admin, other);
    await wording.takeOver(db, admin, other, 1, anew);
    await drafts.removePart(db, admin, other, 2, { kind: 'aspect', id: 'C1.01' });
    expect(await wording.takenInto(db, admin, other)).toMatchObject([{ now: null, isAsProposed: false }]);
    await drafts.publish(db, admin, other, 3);
    expect((await proposed())?.stage).toMatchObject({ kind: 'published', version: '1.2.0', asks: 'nothing' });
  });

  it('is not replaced by what is proposed after it was taken over: that is another, of other words', async () => {
    const draft = await takenOver();
    const taken = (await proposed()) ?? null;
    await expect(propose(taken, { reason: 'Om een andere reden.' })).rejects.toEqual(refused('wording_unchanged'));
    await propose(taken, { other: { nl: 'De IB’er vraagt door.', en: '' } });
    expect((await all()).map((one) => [one.stage.kind, one.other.nl])).toEqual([
      ['open', 'De IB’er vraagt door.'],
      ['taken', given.other.nl],
    ]);
    expect(await wording.takenInto(db, admin, draft)).toMatchObject([{ id: taken?.id }]);
    await withdraw((await proposed()) ?? null);
    expect((await all()).map(({ stage }) => stage.kind)).toEqual(['taken']);
    await expect(withdraw(taken)).rejects.toEqual(refused('changed_meanwhile'));
  });

  it('is undone by removing the draft: the proposal is open again', async () => {
    const draft = await newVersion();
    const [proposal] = await wording.forList(db, admin, draft);
    await wording.takeOver(db, admin, draft, 1, proposal ?? null);
    await drafts.remove(db, admin, draft, 2);
    expect(await proposed()).toMatchObject({ status: 'open' });
  });

  it('takes or declines only what was seen: not another wording, nor one that was proposed anew', async () => {
    const draft = await newVersion();
    const [seen = null] = await wording.forList(db, admin, draft);
    const stale = async () => {
      await expect(wording.takeOver(db, admin, draft, 1, seen)).rejects.toEqual(refused('changed_meanwhile'));
      await expect(wording.decline(db, admin, draft, seen)).rejects.toEqual(refused('changed_meanwhile'));
    };
    await propose(seen, { reason: 'Anders.' });
    await stale();
    await withdraw((await proposed()) ?? null);
    await propose(null, { reason: 'Weer anders.' });
    await stale();
    const [now = null] = await wording.forList(db, admin, draft);
    await wording.decline(db, admin, draft, now);
    expect(await proposed()).toMatchObject({ status: 'declined' });
  });

  it('changes no published version, and is nobody’s but an administrator’s', async () => {
    const [proposal] = await wording.forList(db, admin, list);
    const { revision } = await drafts.open(db, admin, list);
    await expect(wording.takeOver(db, admin, list, revision, proposal ?? null)).rejects.toEqual(
      refused('instrument_not_draft'),
    );
    await expect(wording.forList(db, cohort.trainer, list)).rejects.toEqual(refused('forbidden'));
    await expect(wording.decline(db, cohort.trainer, list, proposal ?? null)).rejects.toEqual(refused('forbidden'));
  });
});
