import { describe, expect, it } from 'vitest';
import { hashToken, idBound, invitationToken, newId, newToken, sealToken, unsealToken } from './ids.ts';

describe('ids and tokens', () => {
  it('are UUIDs of version 7, which sort by time', () => {
    const ids = Array.from({ length: 50 }, newId);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
    expect([...ids].sort()).toEqual(ids);
  });

  it('of a moment and later come after its bound, those of before do not', () => {
    const [before, now] = [new Date(), newId()];
    expect(now >= idBound(before)).toBe(true);
    expect(now < idBound(new Date(before.getTime() + 60_000))).toBe(true);
    expect(idBound(new Date(0))).toBe('00000000-0000');
  });

  it('have 256 bits and never repeat', () => {
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    expect(newToken()).not.toBe(newToken());
  });

  it('are kept as a hash from which they cannot be read', () => {
    const token = newToken();
    expect(hashToken(token)).not.toContain(token);
    expect(hashToken(token)).toBe(hashToken(token));
  });

  it('in a cookie open with the secret that sealed them, and with no other', () => {
    const sealed = sealToken('secret', 'token');
    expect(unsealToken('secret', sealed)).toBe('token');
    for (const broken of ['', 'token', 'token.', `other.${sealed.split('.')[1]}`, `${sealed}x`]) {
      expect(unsealToken('secret', broken)).toBeUndefined();
    }
    expect(unsealToken('other secret', sealed)).toBeUndefined();
  });

  it('of a rater follow from secret, invitation and generation, and change with each', () => {
    const token = invitationToken('secret', 'a', 1);
    expect(invitationToken('secret', 'a', 1)).toBe(token);
    for (const other of [
      invitationToken('other', 'a', 1),
      invitationToken('secret', 'b', 1),
      invitationToken('secret', 'a', 2),
    ]) {
      expect(other).not.toBe(token);
    }
  });
});
