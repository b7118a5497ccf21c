import { beforeEach, describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasing from '#lib/server/erasure/service.ts';
import { hashToken, usefulnessToken } from '#lib/server/ids.ts';
import * as answering from '#lib/server/usefulness/answering-service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const startsAt = '2026-11-24T08:30:00.000Z';
const after = new Date('2026-11-24T13:00:00Z');
const daysLater = (days: number) => new Date(after.getTime() + days * 86_400_000);

let db: Db;
let cohort: make.TestCohort;
let session: string;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  for (let school = 1; school <= 9; school += 1)
    await make.addSeries(db, cohort, { ib: `IB'er ${school}`, teachers: 0 });
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  session = await addSession(db, cohort.id, { startsAt });
});

const ask = (now = after, mail: object | null = null) =>
  usefulness.ask(db, cohort.trainer, { secret: make.SECRET, mail }, cohort.id, session, now);
const seen = async (now = after) => {
  const question = await usefulness.ofSession(db, cohort.trainer, cohort.id, session, now);
  if (!question) throw new Error('nobody was asked');
  return question;
};
async function markAll(): Promise<void> {
  await attendance.markRest(db, cohort.trainer, cohort.id, session, after);
}
async function tokens(): Promise<string[]> {
  const links = await db.selectFrom('usefulness_link').select('id').orderBy('id').execute();
  return links.map(({ id }) => usefulnessToken(make.SECRET, id));
}
/** Somebody who entered by the link at this place, and answers. */
async function answerer(index: number, now = after) {
  const token = (await tokens())[index] ?? '';
  const { linkId, sessionToken } = await answering.enter(db, make.SECRET, token, now);
  return {
    linkId,
    sessionToken,
    answer: (value: number, useful = '', at = now) =>
      answering.answer(db, linkId, sessionToken, { value, useful, more: '' }, at),
  };
}
async function answerAll(values: readonly number[], from = 0): Promise<void> {
  for (const [index, value] of values.entries()) {
    await (await answerer(from + index)).answer(value, `tekst ${from + index}`);
  }
}

describe('who is asked', () => {
  it('is whoever was there, each once', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'nobody_present' });
    const [first, second] = (await attendance.open(db, cohort.trainer, cohort.id, session, after)).people;
    const mark = (personId = '', presence: 'present' | 'absent' = 'present') =>
      attendance.mark(db, cohort.trainer, cohort.id, session, { personId, seen: null, presence }, after);
    await mark(first?.personId);
    await mark(second?.personId, 'absent');
    expect([await ask(), await ask()]).toEqual([1, 0]);
    expect((await seen()).asked.map(({ personId }) => personId)).toEqual([first?.personId]);
  });

  it('is nobody before the session, or of one that is cancelled', async () => {
    await markAll();
    await expect(ask(new Date('2026-11-24T08:29:00Z'))).rejects.toMatchObject({ code: 'session_ahead' });
    await db.updateTable('training_session').set({ cancelled_at: startsAt }).execute();
    await expect(ask()).rejects.toMatchObject({ code: 'session_cancelled' });
  });

  it('gets one mail where mail is set up, and none otherwise', async () => {
    await markAll();
    await ask(after, {});
    await ask(after, {});
    const mails = await db.selectFrom('mail').selectAll().execute();
    expect(mails).toHaveLength(9);
    expect(mails.every(({ round_id: round, about }) => round === null && about.includes('usefulness'))).toBe(true);
    expect(JSON.stringify(mails)).not.toContain((await tokens())[0]);
  });
});

describe('a link', () => {
  beforeEach(async () => {
    await markAll();
    await ask();
  });

  it('is kept as a hash, and opened changes nothing', async () => {
    const [token = ''] = await tokens();
    const links = await db.selectFrom('usefulness_link').selectAll().execute();
    expect(links.map(({ token_hash: hash }) => hash)).toContain(hashToken(token));
    expect(JSON.stringify(links)).not.toContain(token);
    await answering.follow(db, make.SECRET, token, after);
    expect(await db.selectFrom('usefulness_entry').selectAll().execute()).toEqual([]);
    expect((await seen()).answered).toBe(0);
  });

  it('opened twice is harmless, and shows an answer only where it was given', async () => {
    const phone = await answerer(0);
    await phone.answer(8, 'de oefening');
    const trainer = await answerer(0);
    expect(await answering.open(db, phone.linkId, phone.sessionToken, after)).toMatchObject({
      answer: { value: 8, useful: 'de oefening' },
    });
    expect((await answering.open(db, trainer.linkId, trainer.sessionToken, after)).answer).toBeNull();
    await trainer.answer(3);
    expect((await seen()).answered).toBe(1);
    expect((await answering.open(db, phone.linkId, phone.sessionToken, after)).answer).toBeNull();
  });

  it('of another SECRET, of nothing, or of somebody who was not there after all, is unknown', async () => {
    const [token = ''] = await tokens();
    const unknown = { code: 'link_unknown' };
    await expect(answering.follow(db, 'another secret, long enough for it', token, after)).rejects.toMatchObject(
      unknown,
    );
    await expect(answering.follow(db, make.SECRET, `${token}x`, after)).rejects.toMatchObject(unknown);
    await db.updateTable('attendance').set({ presence: 'absent' }).execute();
    await expect(answering.follow(db, make.SECRET, token, after)).rejects.toMatchObject(unknown);
  });

  it('takes answers for thirty days, unless the trainer closes the question', async () => {
    const one = await answerer(0);
    await one.answer(8, '', daysLater(13));
    await one.answer(7, '', daysLater(13));
    const late = await answerer(0, daysLater(29));
    await late.answer(6, '', daysLater(29));
    await expect(late.answer(6, '', daysLater(30))).rejects.toMatchObject({ code: 'usefulness_closed' });
    await usefulness.close(db, cohort.trainer, cohort.id, session, daysLater(29));
    await usefulness.close(db, cohort.trainer, cohort.id, session, daysLater(29));
    await expect(late.answer(6, '', daysLater(29))).rejects.toMatchObject({ code: 'usefulness_closed' });
    await expect(ask(daysLater(29))).rejects.toMatchObject({ code: 'usefulness_closed' });
    expect(await seen(daysLater(29))).toMatchObject({ isOpen: false, answered: 1 });
  });

  it('takes whole numbers from 0 to 10, and texts that are not too long', async () => {
    const one = await answerer(0);
    for (const value of [-1, 11, 7.5])
      await expect(one.answer(value)).rejects.toMatchObject({ code: 'score_out_of_range' });
    await expect(one.answer(7, 'x'.repeat(10_000))).rejects.toMatchObject({ code: 'comment_too_long' });
    expect((await seen()).answered).toBe(0);
  });

  it('is copied by the cohort’s own trainer, which the log says', async () => {
    const { asked } = await seen();
    const at = { cohortId: cohort.id, sessionId: session, personId: asked[0]?.personId ?? '' };
    const settings = { secret: make.SECRET, publicUrl: 'http://localhost:3000', mail: null };
    const url = await usefulness.copyLink(db, cohort.trainer, settings, at, after);
    expect((await tokens()).map((token) => `http://localhost:3000/u/${token}`)).toContain(url);
    const lines = await db
      .selectFrom('audit_event')
      .select('detail')
      .where('action', '=', 'usefulness.link_copied')
      .execute();
    expect(lines).toEqual([{ detail: JSON.stringify({ person: at.personId }) }]);
    const other = await make.makeCohort(db);
    await expect(usefulness.copyLink(db, other.trainer, settings, at, after)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('a link is not copied', () => {
  const copy = async (mail: object | null) => {
    const links = await db.selectFrom('usefulness_link').select('person_id').orderBy('id').execute();
    const at = { cohortId: cohort.id, sessionId: session, personId: links[0]?.person_id ?? '' };
    const settings = { secret: make.SECRET, publicUrl: 'http://localhost:3000', mail };
    return usefulness.copyLink(db, cohort.trainer, settings, at, after);
  };
  beforeEach(async () => {
    await markAll();
    await ask();
  });

  it('where somebody answered by it: whoever holds it could answer in that place', async () => {
    await (await answerer(0)).answer(8);
    await expect(copy(null)).rejects.toMatchObject({ code: 'usefulness_answered' });
    const lines = db.selectFrom('audit_event').select('id').where('action', '=', 'usefulness.link_copied');
    expect(await lines.execute()).toEqual([]);
  });

  it('where it went by mail, but is of who has no address', async () => {
    await expect(copy({})).rejects.toMatchObject({ code: 'usefulness_mailed' });
    await db.updateTable('person').set({ email: null }).execute();
    expect(await copy({})).toMatch(/\/u\//);
  });
});

describe('how many', () => {
  it('were there and not asked is counted without who was asked and put on absent since', async () => {
    await markAll();
    await ask();
    expect((await seen()).unasked).toBe(0);
    const { people } = await attendance.open(db, cohort.trainer, cohort.id, session, after);
    await db
      .updateTable('attendance')
      .set({ presence: 'absent' })
      .where('person_id', '=', people[0]?.personId ?? '')
      .execute();
    await db
      .deleteFrom('usefulness_link')
      .where('person_id', '=', people[1]?.personId ?? '')
      .execute();
    expect((await seen()).unasked).toBe(1);
  });

  it('answered is told without of how many, once links are gone', async () => {
    await markAll();
    await ask();
    await answerAll([8, 8, 8, 8, 8]);
    expect(await seen()).toMatchObject({ answered: 5, hasLost: false });
    await db.deleteFrom('usefulness_link').execute();
    expect(await seen()).toMatchObject({ answered: 5, hasLost: true });
  });
});

describe('erasing somebody who was asked', () => {
  beforeEach(async () => {
    await markAll();
    await ask();
  });
  /** Erases the person of the link at this place. */
  async function erase(index: number): Promise<void> {
    const links = db.selectFrom('usefulness_link').innerJoin('person', 'person.id', 'usefulness_link.person_id');
    const people = await links.select(['person.id', 'person.name']).orderBy('usefulness_link.id').execute();
    const { id = '', name } = people[index] ?? {};
    await erasing.erase(db, await make.makeTrainer(db, { admin: true }), id, name ?? '', after);
  }

  it.each([
    ['wrote something', 2],
    ['wrote nothing', 8],
  ])('who %s shows no text of anybody any more, so that none is missing; the numbers stay', async (_, index) => {
    await answerAll([8, 7, 10, 7, 0]);
    await erase(index);
    expect(await seen()).toMatchObject({ textsWithheld: true, hasLost: true });
    expect((await seen()).shown).toMatchObject({ n: 5, mean: 6.4, useful: [], more: [] });
  });

  it('keeps the texts away when others answer later', async () => {
    await answerAll([8, 7, 10, 7, 0]);
    await erase(8);
    await answerAll([5, 5, 5], 5);
    expect((await seen()).shown).toMatchObject({ n: 8, later: 0, useful: [] });
  });
});

describe('what the trainer sees', () => {
  beforeEach(async () => {
    await markAll();
    await ask();
  });

  it('is below five answers how many came in, and nothing else', async () => {
    await answerAll([8, 7, 9, 6]);
    expect(await seen()).toMatchObject({ answered: 4, shown: null });
    expect(JSON.stringify(await seen())).not.toContain('tekst');
  });

  it('is from five the spread and the texts, and not who said what', async () => {
    await answerAll([8, 7, 10, 7, 0]);
    expect((await seen()).shown).toMatchObject({
      ...{ n: 5, mean: 6.4, median: 7, later: 0 },
      useful: ['tekst 0', 'tekst 1', 'tekst 2', 'tekst 3', 'tekst 4'],
      more: [],
    });
  });

  it('does not change with one or two more answers, for the difference would be theirs', async () => {
    await answerAll([8, 8, 8, 8, 8]);
    const before = (await seen()).shown;
    await answerAll([0, 1], 5);
    expect((await seen()).shown).toEqual({ ...before, later: 2 });
    await answerAll([2], 7);
    expect((await seen()).shown).toMatchObject({ n: 8, later: 0 });
  });

  it('does not change with one answer that is changed', async () => {
    await answerAll([8, 8, 8, 8, 8]);
    await (await answerer(0)).answer(0);
    expect((await seen()).shown).toMatchObject({ mean: 8, later: 1 });
  });

  it('is for the cohort’s own trainer', async () => {
    const other = await make.makeCohort(db);
    const work = usefulness.ofSession(db, other.trainer, cohort.id, session, after);
    await expect(work).rejects.toMatchObject({ code: 'forbidden' });
  });
});
