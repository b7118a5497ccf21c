import { describe, expect, it } from 'vitest';
import { jobDetailText } from './job-details.ts';

describe('what a run of a job did', () => {
  it('is told in the administrator’s language, without what came to nothing', () => {
    expect(jobDetailText('sent 3, dropped 0, failed 1, later 0', 'nl')).toBe('verstuurd: 3, mislukt: 1');
    expect(jobDetailText('opened 1, held back 2, closed 0, told 0, reminded 12', 'en')).toBe(
      'opened: 1, could not open: 2, reminders: 12',
    );
    expect(jobDetailText('sent 0, dropped 0, failed 0, later 0, held up 4', 'nl')).toBe('kan nu niet weg: 4');
    expect(jobDetailText('sessions 0, tokens 0, mails 0, runs 0', 'nl')).toBe('er was niets te doen');
  });

  it('says in words what has words of its own', () => {
    const told = jobDetailText('database_full, see 0199-ab in the log', 'nl');
    expect(told).toContain('geen ruimte meer');
    expect(told).toContain('0199-ab');
    expect(told).not.toContain('database_full');
  });

  it('says of a fault where the log tells more, and of a run that was cut off that it was', () => {
    expect(jobDetailText('RangeError, see 0199-ab in the log', 'nl')).toBe(
      'RangeError; zie 0199-ab in het logboek van de server',
    );
    expect(jobDetailText('the process ended', 'nl')).toBe('de server stopte halverwege');
  });

  it('is null where it is stored in another form', () => {
    for (const stored of ['', 'did it', 'sent many', 'sold 3', 'sent 3, constructor 4']) {
      expect(jobDetailText(stored, 'nl')).toBeNull();
    }
  });
});
