import type { AspectDraft, TextDraft } from './list-draft.ts';

/** Both statements of an aspect as somebody would rather have them; '' where there is no English. */
export type Wording = { other: Record<'nl' | 'en', string>; self: Record<'nl' | 'en', string> };

/**
 * The aspect with other statements; its code, explanation and who can see it stay. Where the Dutch changes and no English
 * is proposed, the old English goes: it would translate what is no longer asked.
 */
export function reworded(aspect: AspectDraft, { other, self }: Wording): AspectDraft {
  return { ...aspect, other: changed(aspect.other, other), self: changed(aspect.self, self) };
}

function changed(before: TextDraft, { nl, en }: Record<'nl' | 'en', string>): TextDraft {
  if (en !== '') return { nl, en };
  return nl === before.nl ? before : { nl };
}

/** Whether a wording says anything else than the aspect does. */
export function isOther(aspect: AspectDraft, wording: Wording): boolean {
  const after = reworded(aspect, wording);
  return (['other', 'self'] as const).some(
    (text) => after[text].nl !== aspect[text].nl || (after[text].en ?? '') !== (aspect[text].en ?? ''),
  );
}
