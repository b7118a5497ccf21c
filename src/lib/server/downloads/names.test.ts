import { describe, expect, it } from 'vitest';
import { fileKind, fileName } from './names.ts';

describe('names of downloads', () => {
  it.each([
    ['De Wingerd', 'T2', 'drieluik-de-wingerd-t2.pdf'],
    ['Sint-Łukasz & ’t Čapek/Şen', 'Jaar 1', 'drieluik-sint-lukasz-t-capek-sen-jaar-1.pdf'],
    ['../../etc/passwd\r\n"', 'T0', 'drieluik-etc-passwd-t0.pdf'],
    ['學校', 'T0', 'drieluik-t0.pdf'],
  ])('%s, %s is kept as %s', (schoolName, round, name) => {
    expect(fileName({ schoolName, round }, { kind: 'report' }, 'nl')).toBe(name);
  });

  it('say in the reader’s language what is in the file', () => {
    const of = { schoolName: 'De Wingerd', round: 'T2' };
    expect(fileName(of, { kind: 'summary' }, 'nl')).toBe('drieluik-de-wingerd-t2-samenvatting.pdf');
    expect(fileName(of, { kind: 'gaps', code: 'C1', as: 'svg' }, 'en')).toBe('drieluik-de-wingerd-t2-gaps-c1.svg');
  });

  it('an address that is no file is none', () => {
    expect(fileKind('report.pdf')).toEqual({ kind: 'report' });
    expect(fileKind('gaps-C1.svg')).toEqual({ kind: 'gaps', code: 'C1', as: 'svg' });
    expect(fileKind('balance.png')).toEqual({ kind: 'balance', as: 'png' });
    for (const file of ['', 'report', 'toString', 'gaps-.svg', 'answers.csv', 'report.png', 'rounds.gif'])
      expect(fileKind(file)).toBeNull();
  });
});
