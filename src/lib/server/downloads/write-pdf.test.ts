import { expect, it } from 'vitest';
import { writePdf } from './write-pdf.ts';

const spec = { title: '', language: 'nl', content: [], foot: { left: '', page: '' } } as const;

it('a document that nobody waits for is skipped, and the twelfth that would wait is refused', async () => {
  const gone = AbortSignal.abort('left');
  const turns = Array.from({ length: 12 }, () => writePdf({ ...spec, content: [] }, gone));
  const causes = (await Promise.allSettled(turns)).map((turn) =>
    turn.status === 'rejected' ? turn.reason : 'written',
  );
  expect(causes.slice(0, 11)).toEqual(Array(11).fill('left'));
  expect(causes[11]).toMatchObject({ code: 'documents_busy' });
  await expect(writePdf({ ...spec, content: [] }, gone), 'there is room again').rejects.toBe('left');
});
