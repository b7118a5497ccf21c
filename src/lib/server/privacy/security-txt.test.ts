import { expect, it } from 'vitest';
import { securityTextOf } from './security-txt.ts';

const now = new Date('2026-11-26T23:30:00Z');
const board = { controllerEmail: 'bestuur@school.example', officerEmail: 'fg@school.example' };

it('names who answers for the data, for a month from the day that it is read', () => {
  expect(securityTextOf(board, 'https://drieluik.example', now)).toBe(
    'Contact: mailto:bestuur@school.example\n' +
      'Expires: 2026-12-27T00:00:00Z\n' +
      'Preferred-Languages: nl, en\n' +
      'Canonical: https://drieluik.example/.well-known/security.txt\n',
  );
});

it('names the data protection officer where nobody else has an address, and is not there without one', () => {
  const officer = securityTextOf({ ...board, controllerEmail: null }, 'http://localhost:3000', now);
  expect(officer).toContain('Contact: mailto:fg@school.example\n');
  expect(officer).not.toContain('Canonical');
  expect(securityTextOf({ controllerEmail: null, officerEmail: null }, 'https://drieluik.example', now)).toBeNull();
});

it('an address cannot add a line or a parameter', () => {
  const text = securityTextOf(
    { ...board, controllerEmail: 'a?cc=x\nContact: b@school.example' },
    'https://d.example',
    now,
  );
  expect(text?.split('\n')[0]).toBe('Contact: mailto:a%3Fcc%3Dx%0AContact%3A%20b@school.example');
});
