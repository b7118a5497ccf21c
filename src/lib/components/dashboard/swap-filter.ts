import type { TrainedAspect } from './dashboard-page.ts';

/** What somebody looks for among the aspects that can be swapped in: words, and a competency by its code; empty is all. */
export type SwapQuery = { words: string; competency: string };

/** Whether an aspect has all of the words, in its statement, code, competency or reason, and is of the competency. */
export function fits(aspect: TrainedAspect & { competencyCode: string }, { words, competency }: SwapQuery): boolean {
  if (competency !== '' && aspect.competencyCode !== competency) return false;
  const text = plain([aspect.code, aspect.statement, aspect.competency, aspect.why].join(' '));
  return plain(words)
    .split(' ')
    .every((word) => text.includes(word));
}

/** Small letters without accents and soft hyphens, one space between words. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F\u00AD]/g, '')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim();
}
