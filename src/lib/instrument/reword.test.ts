import { describe, expect, test } from 'vitest';
import type { AspectDraft } from './list-draft.ts';
import { isOther, reworded } from './reword.ts';

const aspect: AspectDraft = {
  code: 'A.1',
  other: { nl: 'De IB’er vraagt door.', en: 'The IB’er asks on.' },
  self: { nl: 'Ik vraag door.', en: 'I ask on.' },
  explain: { nl: 'Tot het helder is.' },
  observableBy: ['ib'],
};
const asItIs = { other: { nl: aspect.other.nl, en: '' }, self: { nl: aspect.self.nl, en: '' } };

describe('taking another wording over', () => {
  test('changes the statements and nothing else', () => {
    const other = { nl: 'De IB’er stelt vragen.', en: 'The IB’er asks questions.' };
    const self = { nl: 'Ik stel vragen.', en: 'I ask questions.' };
    expect(reworded(aspect, { other, self })).toEqual({ ...aspect, other, self });
  });

  test('lets the old English go where only the Dutch is new, and stay where the Dutch stays', () => {
    const wording = { ...asItIs, other: { nl: 'De IB’er stelt vragen.', en: '' } };
    expect(reworded(aspect, wording)).toEqual({ ...aspect, other: { nl: 'De IB’er stelt vragen.' } });
  });

  test('a wording that says the same is no other', () => {
    expect(isOther(aspect, asItIs)).toBe(false);
    expect(isOther(aspect, { ...asItIs, self: { nl: 'Ik stel vragen.', en: '' } })).toBe(true);
    expect(isOther(aspect, { ...asItIs, other: { nl: aspect.other.nl, en: 'The IB’er keeps asking.' } })).toBe(true);
  });
});
