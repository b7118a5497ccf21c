import { describe, expect, it } from 'vitest';
import { basisText, dayOfText, placeText, trainerText } from './notice-words.ts';

describe('what the privacy page says of the board', () => {
  it('names the legal basis with its reason, and nothing as long as none was chosen', () => {
    expect(basisText({ basis: null, basisReason: 'Leren hoort bij het werk.' })).toBeNull();
    expect(basisText({ basis: 'legitimate_interest', basisReason: null })).toMatch(
      /gerechtvaardigd belang.*onder f\)\.$/,
    );
    expect(basisText({ basis: 'public_task', basisReason: 'Dat staat in de wet.' })).toMatch(
      /taak van algemeen belang.*onder e\)\. Dat staat in de wet\.$/,
    );
  });

  it('names who keeps the server, who sends mail and whom trainers work for, as far as they are known', () => {
    expect(placeText({ server: 'Hostbedrijf', mail: null })).toMatch(
      /^Drieluik draait op een server bij Hostbedrijf\. Mail gaat via een mailserver die het bestuur heeft gekozen\./,
    );
    expect(placeText({ server: null, mail: 'Postbedrijf' })).toContain('Mail gaat via Postbedrijf.');
    expect(trainerText('Bureau Samen')).toMatch(/De trainers werken bij Bureau Samen\.$/);
    expect(trainerText(null)).not.toContain('werken bij');
  });

  it('is of the day on which the board last changed it, and of no earlier day than its words', () => {
    expect(dayOfText('2099-01-01')).toBe('2099-01-01');
    expect(dayOfText('2020-01-01')).toBe(dayOfText(null));
  });
});
