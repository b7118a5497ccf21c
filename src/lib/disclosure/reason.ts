/**
 * Why a figure is null (rules.md, Shown and withheld). The list is closed.
 *
 * - `not_judged`: nobody of that role submitted, or nobody judged the aspect (never said of a protected teacher cell);
 * - `too_few_judged`: fewer aspects judged, or judged by both, than an average needs;
 * - `hidden_cells`: teachers' cells below three judged scores are withheld, so too few are left;
 * - `view_hidden`: fewer than three teachers submitted in protected mode;
 * - `consent`: an answering teacher does not agree to be recognised in open mode;
 * - `other_not_submitted`: IB'er and director see each other's answers once both have submitted;
 * - `erased`: the director or IB'er who gave it was erased (an open teacher's view is withheld as `consent`);
 * - `not_visible_for_role`: the list says that this role does not normally see it;
 * - `not_asked`: the round is a pulse, and none of the aspects was asked; or its list does not ask this role;
 * - `too_few_schools`: a figure over schools has fewer than it needs.
 */
export const REASONS = [
  'not_judged',
  'too_few_judged',
  'hidden_cells',
  'view_hidden',
  'consent',
  'other_not_submitted',
  'erased',
  'not_visible_for_role',
  'not_asked',
  'too_few_schools',
] as const;
export type Reason = (typeof REASONS)[number];
