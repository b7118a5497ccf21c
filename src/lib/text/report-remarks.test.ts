import { describe, expect, it } from 'vitest';
import { remarksLead } from './report-remarks.ts';

describe('the sentence above the remarks', () => {
  it('says that teachers agreed only where their view is shown', () => {
    expect(remarksLead('open', { count: 2, closed: null }, 'nl')).toMatch(/^De leerkrachten vonden het goed/);
    expect(remarksLead('open', { count: 2, closed: 'view_hidden' }, 'nl')).toMatch(/luik is in dit rapport dicht/);
  });

  it('names how many have to have written where teachers are protected', () => {
    expect(remarksLead('protected', { count: 5, closed: null }, 'nl')).toContain('minstens 3 leerkrachten');
    expect(remarksLead('protected', { count: 2, closed: 'view_hidden' }, 'en')).toContain('panel is closed');
  });
});
