import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';

/** How the views compare over the whole list: what the first sentence of a report says. */
export type Headline =
  | 'nothing'
  | 'single_aspects'
  | 'same'
  | 'same_on_average'
  | 'same_compared'
  | 'same_on_average_compared'
  | 'mostly_same'
  | 'mixed'
  | 'mixed_compared'
  | 'differ';

type Pictures = {
  /** One a competency. */
  classes: readonly CompetencyClass[];
  /** Aspects with the reading `seen_differently`. */
  differ: number;
  /** Every view has a score at every competency. */
  complete: boolean;
};

/**
 * The headline of a report. Means can agree where single aspects do not, above one and below another: then it says that
 * they agree on average. Where no competency can be compared, single aspects can all the same. `_compared`: a view or a competency could not be compared, and nothing is claimed about it.
 */
export function headlineOf({ classes, differ, complete }: Pictures): Headline {
  const alike = classes.filter((one) => one === 'in_agreement').length;
  const compared = classes.filter((one) => one !== 'insufficient').length;
  const isAll = compared === classes.length;
  if (compared === 0) return differ > 0 ? 'single_aspects' : 'nothing';
  if (alike === compared) {
    const said = differ > 0 ? 'same_on_average' : 'same';
    return isAll && complete ? said : `${said}_compared`;
  }
  if (alike * 2 === compared) return isAll ? 'mixed' : 'mixed_compared';
  return alike * 2 > compared ? 'mostly_same' : 'differ';
}
