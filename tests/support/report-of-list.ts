import type { Rating, View } from '#lib/analysis/types.ts';
import { baseCompetency } from '#lib/conversation/first-to-discuss.ts';
import type { Remark } from '#lib/disclosure/remarks.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { aspectsOf, outlineOf } from '#lib/instrument/aspects.ts';
import { ROLES } from '#lib/instrument/types.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { viewBalances } from '#lib/server/reports/balance.ts';
import { schoolFigures } from '#lib/server/reports/figures.ts';
import { pageFacts } from '#lib/server/reports/page-facts.ts';
import { schoolChange } from '#lib/server/reports/school-change.ts';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { takeSnapshot } from '#lib/server/reports/snapshot.ts';

/** How large a report's list is, and what was written. */
export type Size = {
  list: Instrument;
  /** Rounds before this one. */
  earlier?: number;
  /** Remarks of the director, one an aspect, from the first aspect on. */
  remarks?: number;
};

/** A list of so many competencies with so many aspects each, every statement so many letters long. */
export function listOf(competencies: number, aspects: number, letters: number): Instrument {
  const text = (start: string) => {
    const words = `${start} samenwerkingsverband bespreekt wat er nodig is en `.repeat(Math.ceil(letters / 20));
    return { nl: words.slice(0, letters), en: words.slice(0, letters) };
  };
  return {
    ...shippedInstrument(),
    competencies: Array.from({ length: competencies }, (_, number) => ({
      ...{ key: `c${number}`, code: `K${number}`, title: { nl: `Competentie ${number}`, en: `Competency ${number}` } },
      clusters: [
        {
          ...{ key: `k${number}`, title: { nl: 'Cluster', en: 'Cluster' } },
          aspects: Array.from({ length: aspects }, (_, index) => ({
            code: `K${number}.${index}`,
            ...{ other: text('De IB’er'), self: text('Ik') },
          })),
        },
      ],
    })),
  };
}

/** A school's report with scores from 1 to 5 in every view, alike on three aspects of four, by the functions that the service calls. */
export function reportOfList({ list, earlier = 0, remarks = 0 }: Size): SchoolReport {
  const rounds = Array.from({ length: earlier + 1 }, (_, round) => roundOf(list, round, remarks));
  const { snapshot, figures } = rounds[earlier] ?? roundOf(list, 0, remarks);
  const name = (round: number) => ({
    ...{ schoolRoundId: `round-${round}`, cohort: 'Een cohort', school: '12AB00', schoolName: 'De Wingerd' },
    ...{ round: `T${round}`, place: round + 1, closedAt: '2026-06-12T10:00:00Z' },
    ...{ ratee: 'Marloes Hendriks', director: 'Joost van Dalen' },
  });
  const before = rounds.slice(0, earlier).map((one, round) => ({
    ...{ name: name(round), isPulse: false, figures: one.figures, sameDirector: true },
    wording: { sameScale: true, reworded: [] },
    change: schoolChange(one.figures, figures, { ib: true, director: true }),
  }));
  return {
    ...name(earlier),
    ...{ viewer: 'ib', figures, level: 'with', asScored: figures, remarks: snapshot.remarks, instrument: list },
    facts: pageFacts(figures, snapshot, baseCompetency(list.competencies), null),
    balances: viewBalances(figures, before, list.competencies),
    lookBack: null,
    earlier: before,
    pulse: null,
  };
}

function roundOf(list: Instrument, round: number, written: number) {
  const outline = outlineOf(list);
  const raters = (['director', 'ib', 'teacher', 'teacher', 'teacher'] as const).map((role, rater) => ({ rater, role }));
  const aspects = list.competencies.flatMap((one) =>
    aspectsOf(one).map(({ code }) => ({ code, competency: one.code })),
  );
  const ratings = aspects.flatMap(({ code }, index) =>
    raters.map(({ rater, role }): Rating => {
      // Alike on three aspects of four; each round a little higher.
      const apart = index % 4 === 0 ? (role === 'teacher' ? 2 : rater) * 2 : 0;
      const score = Math.min(5, 1 + ((index * 7 + apart) % 5) + (round > 0 && index % 2 === 0 ? 1 : 0));
      return { rater, role, aspect: code, status: 'judged', score, unclear: index % 9 === 0 && role === 'ib' };
    }),
  );
  const text = 'Bij het laatste gesprek was heel helder wat de afspraak was, en wie wat zou doen.';
  const remarks = aspects.slice(0, written).map(({ code, competency }): Remark => {
    const role: View = 'director';
    return { rater: 0, role, competency, aspect: code, text };
  });
  const snapshot = takeSnapshot({
    ...{ mode: 'protected', instrument: { key: list.key, version: list.version }, outline, ratings, remarks },
    raters: raters.map((rater) => ({ ...rater, consent: null })),
    invited: { director: 1, ib: 1, teacher: 3 },
    roles: new Set(ROLES),
    flags: new Map(),
    shuffle: (items) => [...items],
  });
  return { snapshot, figures: schoolFigures(snapshot, outline) };
}
