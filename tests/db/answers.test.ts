import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const scored = (score: number, comment = '') => make.answer({ score, comment });
const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;
let rater: make.Entered;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  round = await make.openRound(db, cohort);
  rater = await make.enter(db, make.inRole(round.invited, 'teacher'));
});

const stored = async (code: string) => (await answers.load(db, rater.form)).aspects[code];

describe('saving one answer', () => {
  it('keeps a score, a flag and a remark, and gives back what is stored', async () => {
    const given = make.answer({ score: 4, unclear: true, comment: 'Welke gesprekken?' });
    const reply = await answers.save(db, rater.form, 'C1.01', given, 1000);
    expect(reply).toEqual({ ...given, changedAt: 1000 });
    expect(await stored('C1.01')).toEqual(reply);
  });

  it('keeps "cannot judge" with its reason, and without one', async () => {
    await answers.save(db, rater.form, 'C1.01', make.answer({ cannotJudge: true }), 1);
    expect(await stored('C1.01')).toMatchObject({ score: null, cannotJudge: true, reason: null });
    await answers.save(db, rater.form, 'C1.01', make.answer({ cannotJudge: true, reason: 'not_seen' }), 2);
    expect(await stored('C1.01')).toMatchObject({ cannotJudge: true, reason: 'not_seen' });
  });

  it('is harmless to repeat', async () => {
    const once = await answers.save(db, rater.form, 'C1.01', scored(2), 500);
    const again = await answers.save(db, rater.form, 'C1.01', scored(2), 500);
    expect(again).toEqual(once);
    expect(Object.keys((await answers.load(db, rater.form)).aspects)).toEqual(['C1.01']);
  });

  it('does not overwrite a newer answer by one that was given earlier, and replies with the newer one', async () => {
    await answers.save(db, rater.form, 'C1.01', scored(5), 2000);
    expect(await answers.save(db, rater.form, 'C1.01', scored(1), 1000)).toMatchObject({ score: 5, changedAt: 2000 });
    expect(await stored('C1.01')).toMatchObject({ score: 5 });
  });

  it('never dates an answer later than the server’s now, so a fast clock does not win for ever', async () => {
    const tomorrow = Date.now() + 86_400_000;
    const reply = await answers.save(db, rater.form, 'C1.01', scored(1), tomorrow);
    expect(reply.changedAt).toBeLessThanOrEqual(Date.now());
    expect(await answers.save(db, rater.form, 'C1.01', scored(3), Date.now())).toMatchObject({ score: 3 });
  });

  it.each([
    ['a score of 6', 'C1.01', scored(6), 'score_out_of_range'],
    ['a score of 0', 'C1.01', scored(0), 'score_out_of_range'],
    ['half a point', 'C1.01', scored(3.5), 'score_out_of_range'],
    ['an aspect that is not in the list', 'C9.99', scored(3), 'unknown_aspect'],
    ['a remark of 2,001 characters', 'C1.01', scored(3, 'x'.repeat(2001)), 'comment_too_long'],
  ])('refuses %s and changes nothing', async (_, code, given, error) => {
    await expect(answers.save(db, rater.form, code, given, 1)).rejects.toEqual(refused(error));
    expect((await answers.load(db, rater.form)).aspects).toEqual({});
  });

  it('ends with submitting, also for a tab that still believes the form is open', async () => {
    await answers.save(db, rater.form, 'C1.01', scored(2), 1);
    await responses.submit(db, rater.responsePublicId, rater.sessionToken);
    await expect(answers.save(db, rater.form, 'C1.01', scored(5), 2)).rejects.toEqual(refused('response_submitted'));
    expect(await stored('C1.01')).toMatchObject({ score: 2 });
  });

  it('ends with the closing of the round', async () => {
    await rounds.close(db, cohort.trainer, round.id);
    await expect(answers.save(db, rater.form, 'C1.01', scored(5), 2)).rejects.toEqual(refused('round_closed'));
  });
});

describe('a page that was sent without scripts', () => {
  const page = (code: string, before: answers.Answer, after: answers.Answer) => ({
    ...{ aspects: [{ code, before, after }], scales: [] },
  });

  it('writes only what the rater changed, so that an old page undoes nothing', async () => {
    await answers.save(db, rater.form, 'C1.01', scored(5), Date.now());
    await answers.savePage(db, rater.form, {
      aspects: [
        { code: 'C1.01', before: scored(2), after: scored(2) },
        { code: 'C1.02', before: make.answer(), after: scored(4) },
      ],
      scales: [],
    });
    expect(await stored('C1.01')).toMatchObject({ score: 5 });
    expect(await stored('C1.02')).toMatchObject({ score: 4 });
  });

  it('is all or nothing', async () => {
    const sent = answers.savePage(db, rater.form, {
      aspects: [
        { code: 'C1.01', before: make.answer(), after: scored(4) },
        { code: 'C1.02', before: make.answer(), after: scored(7) },
      ],
      scales: [],
    });
    await expect(sent).rejects.toEqual(refused('score_out_of_range'));
    expect(await stored('C1.01')).toBeUndefined();
  });

  it('is refused after submitting', async () => {
    await make.answerOne(db, rater);
    await responses.submit(db, rater.responsePublicId, rater.sessionToken);
    const sent = answers.savePage(db, rater.form, page('C1.01', make.answer(), scored(4)));
    await expect(sent).rejects.toEqual(refused('response_submitted'));
  });
});

describe('the scale question', () => {
  const scale = (value: number | null, ...notes: string[]) => ({ value, notes });

  it('is asked of the IB’er only', async () => {
    await expect(answers.saveScale(db, rater.form, 'C1', scale(6), 1)).rejects.toEqual(refused('unknown_aspect'));
    const ib = await make.enter(db, make.inRole(round.invited, 'ib'));
    const reply = await answers.saveScale(db, ib.form, 'C1', scale(0, 'ik vraag door'), 1);
    expect(reply).toEqual({ value: 0, notes: ['ik vraag door'], changedAt: 1 });
    expect((await answers.load(db, ib.form)).now).toEqual({ C1: reply });
  });

  it('keeps the newest, whatever comes last', async () => {
    const ib = await make.enter(db, make.inRole(round.invited, 'ib'));
    await answers.saveScale(db, ib.form, 'C1', scale(8), 20);
    expect(await answers.saveScale(db, ib.form, 'C1', scale(3), 10)).toMatchObject({ value: 8, changedAt: 20 });
  });

  it.each([
    [scale(11), 'C1', 'score_out_of_range'],
    [scale(-1), 'C1', 'score_out_of_range'],
    [scale(5), 'C9', 'unknown_aspect'],
    [scale(5, ...Array<string>(11).fill('x')), 'C1', 'unknown_aspect'],
    [scale(5, 'x'.repeat(2001)), 'C1', 'comment_too_long'],
  ])('refuses %j for %s', async (given, code, error) => {
    const ib = await make.enter(db, make.inRole(round.invited, 'ib'));
    await expect(answers.saveScale(db, ib.form, code, given, 1)).rejects.toEqual(refused(error));
  });
});

describe('looking back', () => {
  it('is for the IB’er, from the second round, once the form is submitted', async () => {
    const first = await make.fillAndSubmit(db, make.inRole(round.invited, 'ib'));
    const unavailable = refused('look_back_not_available');
    await expect(answers.saveLookBack(db, first.form, 'C1', 4, 1)).rejects.toEqual(unavailable);

    await rounds.close(db, cohort.trainer, round.id);
    const second = await make.openRound(db, cohort);
    const started = await make.enter(db, make.inRole(second.invited, 'ib'));
    await expect(answers.saveLookBack(db, started.form, 'C1', 4, 1)).rejects.toEqual(unavailable);

    const submitted = await make.fillAndSubmit(db, make.inRole(second.invited, 'ib'));
    await answers.saveLookBack(db, submitted.form, 'C1', 4, 20);
    expect(await answers.saveLookBack(db, submitted.form, 'C1', 9, 10), 'the newest stays').toMatchObject({ value: 4 });
    await answers.saveLookBack(db, submitted.form, 'C2', 0, 20);
    const { now, then } = await answers.load(db, submitted.form);
    expect([then['C1']?.value, then['C2']?.value, then['C3']]).toEqual([4, 0, undefined]);
    expect(now).toEqual({});
    const outside = answers.saveLookBack(db, submitted.form, 'C1', 11, 30);
    await expect(outside).rejects.toEqual(refused('score_out_of_range'));

    await rounds.close(db, cohort.trainer, second.id);
    const late = answers.saveLookBack(db, submitted.form, 'C1', 9, 40);
    await expect(late).rejects.toEqual(refused('round_closed'));
  });
});
