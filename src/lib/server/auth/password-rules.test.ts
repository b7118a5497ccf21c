import { describe, expect, it } from 'vitest';
import { isEasilyGuessed } from './password-rules.ts';

const account = { name: 'Tineke van der Meulen', email: 'tineke@rivierenrand.example' };

describe('a password', () => {
  it.each([
    ['a common one', 'password1234'],
    ['a row of keys', 'qwertyuiop12'],
    ['a repetition', 'aaaaaaaaaaaaaaaa'],
    ['the same word twice', 'wachtwoordwachtwoord'],
    ['the product', 'Drieluik2026!'],
    ['the own name', 'TinekeMeulen'],
    ['the own address', 'tineke@rivierenrand.example'],
    ['a date behind a word', 'welkom01012026'],
  ])('is refused when it is %s', (_, password) => {
    expect(isEasilyGuessed(password, account)).toBe(true);
  });

  it.each(['vier kale bomen in november', 'fietsbel-appelmoes-tl', 'q7Kx!vZp0_sLm'])('may be %s', (password) => {
    expect(isEasilyGuessed(password, account)).toBe(false);
  });
});
