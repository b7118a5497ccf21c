import { ROLES } from './types.ts';
import type { Outline } from './types.ts';
import type { Aspect, Competency, Instrument } from './schema.ts';

// Apart from the schema, whose library no browser needs to read a list that the server checked.

/** The aspects of a competency, in the order of the list. */
export function aspectsOf(from: Competency): Aspect[] {
  return from.clusters.flatMap((each) => each.aspects);
}

/**
 * Whether a list is about what its raters do together: every statement says the same to the IB'er as to the others ("We …"),
 * so that nobody rates another.
 */
export function isAboutTogether(instrument: Instrument): boolean {
  const aspects = instrument.competencies.flatMap(aspectsOf);
  return aspects.length > 0 && aspects.every(({ self, other }) => self.nl === other.nl);
}

/** What the analysis needs of a list: codes and who can see what, in the order of the list, no texts. */
export function outlineOf(instrument: Instrument): Outline {
  return {
    competencies: instrument.competencies.map((each) => ({
      code: each.code,
      aspects: aspectsOf(each).map((one) => ({ code: one.code, observableBy: one.observableBy ?? ROLES })),
    })),
  };
}
