import { describe, expect, it } from 'vitest';
import { DomainError } from '#lib/errors.ts';
import { orError, orFail } from './http.ts';

const shown = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (cause: { status: number; body: unknown }) => ({ status: cause.status, body: cause.body }),
  );
const refuse = (code: 'forbidden' | 'not_found' | 'link_unknown') => Promise.reject(new DomainError(code));

describe('what somebody may not see', () => {
  it('answers in every word as if it were not there', async () => {
    const missing = await shown(orError(refuse('not_found')));
    expect(missing).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await shown(orError(refuse('forbidden')))).toEqual(missing);
    expect(await shown(orFail(refuse('not_found'), {}))).toEqual(missing);
    expect(await shown(orFail(refuse('forbidden'), {}))).toEqual(missing);
  });

  it('leaves a link that does not work its own words', async () => {
    expect(await shown(orError(refuse('link_unknown')))).toMatchObject({ body: { code: 'link_unknown' } });
  });
});
