import { mean } from 'd3-array';
import { beforeAll, describe, expect, it } from 'vitest';
import { isBrin } from '#lib/server/cohorts/brin.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Role } from '#lib/instrument/types.ts';
import { DEMO_SEED, demoPlan } from './plan.ts';
import { REMARKS } from './remarks-data.ts';
import { SCALE_NOTES } from './scale-notes-data.ts';
import type { DemoForm, DemoPlan } from './types.ts';

const list = shippedInstrument();
const now = new Date('2026-11-24T02:30:00Z');
const codes = new Set(list.competencies.flatMap((competency) => aspectsOf(competency).map(({ code }) => code)));

let plan: DemoPlan;
beforeAll(() => {
  plan = demoPlan(list, DEMO_SEED, now);
});

const allForms = (from = plan) =>
  from.cohorts.flatMap(({ rounds }) => rounds.flatMap(({ schools }) => schools.flatMap(({ forms }) => forms)));
const people = () => {
  const joining = plan.cohorts.flatMap(({ rounds }) => rounds.flatMap((round) => round.joining));
  const later = plan.cohorts.flatMap(({ rounds }) => rounds.flatMap((round) => round.newDirectors));
  return [
    ...joining.flatMap(({ ib, director, teachers }) => [ib, director, ...teachers]),
    ...later.map(({ director }) => director),
    ...Object.values(plan.staff),
  ];
};

/** Mean score of a role on a competency in a round of the first cohort. */
function level(round: number, role: Role, competency: string): number {
  const forms = plan.cohorts[0]?.rounds[round]?.schools.flatMap((school) => school.forms) ?? [];
  return meanScore(
    forms.filter((form) => form.role === role),
    competency,
  );
}

function meanScore(forms: readonly DemoForm[], competency: string): number {
  const scores = forms.flatMap(({ answers }) =>
    answers.flatMap(({ aspect, score }) => (score !== null && aspect.startsWith(competency) ? [score] : [])),
  );
  return mean(scores) ?? Number.NaN;
}

describe('the plan of the demonstration', () => {
  it('is the same for the same list, seed and moment, and another for another seed', () => {
    expect(demoPlan(list, DEMO_SEED, now)).toEqual(plan);
    expect(demoPlan(list, DEMO_SEED + 1, now)).not.toEqual(plan);
  });

  it('moves with the moment: the same answers, so many days later', () => {
    const later = demoPlan(list, DEMO_SEED, new Date(now.getTime() + 10 * 86_400_000));
    const scores = (of: DemoPlan) => allForms(of).map(({ answers }) => answers);
    expect(scores(later)).toEqual(scores(plan));
    const opened = (of: DemoPlan) => of.cohorts[0]?.rounds[3]?.openedAt.getTime() ?? 0;
    expect(opened(later) - opened(plan)).toBe(10 * 86_400_000);
  });

  it('has dates at its open round only: it closes within a week of now, which is told as due', () => {
    const rounds = plan.cohorts.flatMap((cohort) => cohort.rounds);
    const dated = rounds.filter(({ opensOn, closesOn }) => opensOn !== null || closesOn !== null);
    expect(dated.map(({ closedAt }) => closedAt)).toEqual([null]);
    const ahead = (day: string | null | undefined) => (Date.parse(day ?? '') - now.getTime()) / 86_400_000;
    expect(ahead(dated[0]?.closesOn)).toBeGreaterThan(2);
    expect(ahead(dated[0]?.closesOn)).toBeLessThanOrEqual(7);
    expect(dated[0]?.opensOn).toBe(dated[0]?.openedAt.toISOString().slice(0, 10));
  });

  it('has an open round that was opened before now, and forms in it that lie before now', () => {
    const open = plan.cohorts.flatMap(({ rounds }) => rounds.filter(({ closedAt }) => closedAt === null));
    expect(open).toHaveLength(1);
    for (const { submittedAt, startedAt } of open[0]?.schools.flatMap(({ forms }) => forms) ?? []) {
      expect(startedAt >= (open[0]?.openedAt ?? now) && (submittedAt ?? startedAt) < now).toBe(true);
    }
  });
});

describe('its people and schools', () => {
  it('have names and addresses that nobody shares, at domains that cannot exist', () => {
    const all = people();
    expect(new Set(all.map(({ email }) => email)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ email }) => !/^[a-z]+(\.[a-z]+)+@[a-z]+(-[a-z]+)*\.example$/.test(email))).toEqual([]);
  });

  it('have BRIN codes of the right shape, each once, with numbers that no school has', () => {
    const brins = plan.cohorts.flatMap(({ rounds }) =>
      rounds.flatMap(({ joining }) => joining.map(({ brin }) => brin)),
    );
    expect(new Set(brins).size).toBe(22);
    expect(brins.every((brin) => isBrin(brin) && Number(brin.slice(0, 2)) >= 95)).toBe(true);
  });
});

describe('its answers', () => {
  it('are what the form can store', () => {
    for (const { answers, role, consent } of allForms()) {
      expect(role === 'teacher' || consent === null).toBe(true);
      for (const { aspect, score, cannotJudge, reason } of answers) {
        expect(codes.has(aspect)).toBe(true);
        expect(score === null || (Number.isInteger(score) && score >= 1 && score <= 5 && !cannotJudge)).toBe(true);
        expect(reason !== null).toBe(cannotJudge);
      }
    }
  });

  it('use the whole scale, and no rater gives one score throughout', () => {
    const shares = [1, 2, 3, 4, 5].map((score) => {
      const all = allForms().flatMap(({ answers }) => answers.filter((answer) => answer.score !== null));
      return all.filter((answer) => answer.score === score).length / all.length;
    });
    for (const share of shares) expect(share).toBeGreaterThan(0.01);
    expect(shares[0]).toBeLessThan(0.1);
    for (const { answers } of allForms()) {
      expect(new Set(answers.flatMap(({ score }) => score ?? [])).size).toBeGreaterThan(2);
    }
  });

  it.each(['director', 'ib', 'teacher'] as const)(
    'of the %s: more coaching from T0 to T2, a little less advising',
    (role) => {
      expect(level(2, role, 'C4') - level(0, role, 'C4')).toBeGreaterThan(0.25);
      const advising = level(2, role, 'C3') - level(0, role, 'C3');
      expect(advising).toBeLessThan(0);
      expect(advising).toBeGreaterThan(-0.5);
    },
  );

  it('of IB’ers about themselves are a bit higher than those of others', () => {
    for (const competency of ['C1', 'C2', 'C3', 'C4']) {
      const others = (level(0, 'director', competency) + level(0, 'teacher', competency)) / 2;
      const higher = level(0, 'ib', competency) - others;
      expect(higher).toBeGreaterThan(0.05);
      expect(higher).toBeLessThan(0.6);
    }
  });

  it('leave out most of what a role cannot see, and little else', () => {
    const all = allForms().filter(({ role, submittedAt }) => role === 'director' && submittedAt !== null);
    const observable = new Map(
      list.competencies.flatMap((each) => aspectsOf(each).map((one) => [one.code, one.observableBy] as const)),
    );
    const judged = (visible: boolean) => {
      const answers = all.flatMap((form) =>
        form.answers.filter(({ aspect }) => (observable.get(aspect)?.includes('director') ?? true) === visible),
      );
      return answers.filter(({ score }) => score !== null).length / answers.length;
    };
    expect(judged(true)).toBeGreaterThan(0.8);
    expect(judged(false)).toBeLessThan(0.4);
  });

  it('come with the look-back from the second round on, mostly lower than the start was', () => {
    const forms = allForms().filter(({ role, submittedAt }) => role === 'ib' && submittedAt !== null);
    const moments = (form: DemoForm) => new Set(form.scales.map(({ moment }) => moment)).size;
    expect(new Set(forms.map(moments))).toEqual(new Set([1, 2]));
    const values = (moment: 'now' | 'then') =>
      mean(forms.flatMap(({ scales }) => scales.filter((each) => each.moment === moment).map(({ value }) => value))) ??
      0;
    expect(values('now') - values('then')).toBeGreaterThan(1);
    for (const { scales } of forms) {
      for (const { value } of scales) expect(Number.isInteger(value) && value >= 0 && value <= 10).toBe(true);
    }
  });

  it('have remarks: none twice at a school in a round, and none at a statement without a score', () => {
    for (const { rounds } of plan.cohorts) {
      for (const { forms } of rounds.flatMap(({ schools }) => schools)) {
        const remarks = forms.flatMap(({ answers }) => answers.filter(({ comment }) => comment !== ''));
        expect(new Set(remarks.map(({ comment }) => comment)).size).toBe(remarks.length);
        expect(remarks.every(({ score }) => score !== null)).toBe(true);
      }
    }
    expect(allForms().flatMap(({ answers }) => answers.filter(({ comment }) => comment !== '')).length).toBeGreaterThan(
      300,
    );
  });
});

describe('its texts', () => {
  it('stand at statements of the list, each once', () => {
    for (const remarks of Object.values(REMARKS)) {
      expect(remarks.filter(({ aspect }) => !codes.has(aspect))).toEqual([]);
      expect(new Set(remarks.map(({ text }) => text)).size).toBe(remarks.length);
    }
  });

  it('answer the follow-up questions of the list, one for one', () => {
    for (const { code, scaleQuestion } of list.competencies) {
      expect(SCALE_NOTES[code]).toHaveLength(scaleQuestion?.followUps.length ?? 0);
    }
  });
});
