import type { AspectDraft } from '#lib/instrument/list-draft.ts';
import { isOther } from '#lib/instrument/reword.ts';
import type { Proposal } from './queries.ts';

/** How far a proposal has come: given, taken over into a draft, and in a published version; or declined. */
export type Stage =
  | { kind: 'open' }
  | { kind: 'declined' }
  | { kind: 'taken'; version: string }
  | {
      kind: 'published';
      version: string;
      publishedAt: string;
      /** Whether that version asks it in these words. A draft may be changed once more before it is published. */
      asks: 'proposed' | 'other' | 'nothing';
    };

/**
 * @param published the aspect in the version that the proposal was taken over into; undefined when that has none of this
 *   code, or is not published yet
 */
export function stageOf(proposal: Proposal, published: AspectDraft | undefined): Stage {
  const { status, takenInto } = proposal;
  // A draft that goes opens its proposals again, so what was taken over always is in a version.
  if (status !== 'taken' || takenInto === null) return { kind: status === 'declined' ? 'declined' : 'open' };
  const { version, publishedAt } = takenInto;
  if (publishedAt === null) return { kind: 'taken', version };
  const asks = published === undefined ? 'nothing' : isOther(published, proposal) ? 'other' : 'proposed';
  return { kind: 'published', version, publishedAt, asks };
}
