import { describe, expect, it } from 'vitest';
import { doneText, withDone } from './done.ts';

const said = (address: string) => doneText(new URL(address, 'http://localhost'));

describe('what was done', () => {
  it('travels in the address, before its fragment and after what it asks already', () => {
    expect(withDone('/cohorts/1')).toBe('/cohorts/1?done=saved');
    expect(withDone('/rounds/1?open#s-2', 'added')).toBe('/rounds/1?open&done=added#s-2');
  });

  it('is said in words', () => {
    expect(said(withDone('/cohorts/1#s'))).toBe('Bewaard.');
    expect(said(withDone('/cohorts/1', 'added'))).not.toBe(said(withDone('/cohorts/1', 'removed')));
  });

  it('is one of a closed list: an address cannot put words into a page', () => {
    for (const address of ['/cohorts/1', '/cohorts/1?done', '/cohorts/1?done=x', '/cohorts/1?done=toString']) {
      expect(said(address), address).toBeNull();
    }
  });
});
