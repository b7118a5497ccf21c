import type { Landscape } from './landscape.ts';
import type { Portrait } from './portrait.ts';
import { randomFor } from './random.ts';
import { SCALE_NOTES } from './scale-notes-data.ts';
import type { DemoScale } from './types.ts';

/** From a mean on 1–5 to a mark on 0–10. */
const STRETCH = 2.5;
/** How much lower, in points of ten, the start looks to who knows more now (measurement.md §7, response shift). */
const SHIFT = 1.1;
const WAVER = 0.6;

/**
 * An IB'er's scale questions in a round, and from the second round of the cohort on the look-back to the start.
 * @param round T0 is 0
 */
export function scalesOf(
  landscape: Landscape,
  portrait: Portrait,
  seed: number,
  email: string,
  round: number,
): DemoScale[] {
  return landscape.scaled.flatMap((competency): DemoScale[] => {
    const random = randomFor(seed, 'scale', email, competency, round);
    const now = mark(ownMean(landscape, portrait, competency, round) + random.around(WAVER));
    const notes = (SCALE_NOTES[competency] ?? []).map((texts) => random.shuffled(texts)[0] ?? '');
    const scales: DemoScale[] = [{ competency, moment: 'now', value: now, notes }];
    if (round === 0) return scales;
    const then = mark(ownMean(landscape, portrait, competency, 0) - SHIFT + random.around(WAVER));
    return [...scales, { competency, moment: 'then', value: then, notes: [] }];
  });
}

/** Where the IB'er stands in the own eyes, on 0–10, not rounded. */
function ownMean({ aspects }: Landscape, portrait: Portrait, competency: string, round: number): number {
  const own = aspects.filter((aspect) => aspect.competency === competency);
  const sum = own.reduce(
    (total, aspect) => total + portrait.truth(aspect, round) + portrait.slant('ib', aspect, round),
    0,
  );
  return (sum / own.length - 1) * STRETCH;
}

function mark(value: number): number {
  return Math.min(10, Math.max(0, Math.round(value)));
}
