import type { AmbitionBlock, CohortPart, ProgrammePage } from '#lib/components/programme/programme-page.ts';

/** The questions of the page that a cohort has a figure for, in its order. */
const QUESTIONS = ['growth', 'distance', 'clarity', 'lookBack', 'response', 'doing'] as const;
type Question = (typeof QUESTIONS)[number];

/** One idea: what the page says first, one question for one cohort, or one ambition. `id` is its place in the address. */
export type Slide = { id: string } & (
  { kind: 'opening' } | { kind: Question; cohort: CohortPart } | { kind: 'ambition'; ambition: AmbitionBlock }
);

/** The page of a programme one idea at a time: the same figures in the same order, and no others. */
export function toSlides({ cohorts, ambitions }: ProgrammePage): Slide[] {
  const slides = [
    { kind: 'opening' as const },
    ...QUESTIONS.flatMap((kind) => cohorts.filter((cohort) => has(kind, cohort)).map((cohort) => ({ kind, cohort }))),
    ...ambitions.map((ambition) => ({ kind: 'ambition' as const, ambition })),
  ];
  return slides.map((slide, index) => ({ ...slide, id: `s${index + 1}` }));
}

function has(question: Question, { change, distance, lookBack, doing }: CohortPart): boolean {
  const parts = { growth: change, distance, clarity: true, lookBack, response: true, doing };
  return parts[question] !== null;
}
