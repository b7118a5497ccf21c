/** The roles that a rater can have. `ib` is the IB'er rating itself; the teachers' scores are pooled into one view. */
export const ROLES = ['director', 'ib', 'teacher'] as const;
export type Role = (typeof ROLES)[number];

/** A text in the two languages of the interface. */
export type Localized = { nl: string; en: string };

/** An aspect as the analysis needs it: its code and the roles that can normally see it (rules.md, Answers). */
export type AspectOutline = { code: string; observableBy: readonly Role[] };

/** A competency as the analysis needs it: aspects in the order of the list. */
type CompetencyOutline = { code: string; aspects: readonly AspectOutline[] };

/** What the analysis knows of a list: no texts, any number of competencies and aspects. */
export type Outline = { competencies: readonly CompetencyOutline[] };

/** The five words of the scale and the two ways not to score, as a rater reads them. */
export type Scale = {
  min: 1;
  max: 5;
  labels: ({ value: number } & Localized)[];
  cannotJudge: Localized;
  unclear: Localized;
  cannotJudgeReasons: ({ key: 'not_seen' | 'unclear' } & Localized)[];
};

/** A role of a list: its name and what its raters read before they begin. */
export type RoleTexts = { key: Role; title: Localized; intro: Localized };
