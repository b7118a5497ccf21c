import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drieluik-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (env: Record<string, string>) => readConfig({ DATA_DIR: folder, ...env });

describe('configuration', () => {
  it('has defaults for everything: this machine only, port 3000', () => {
    const config = readConfig({ DATA_DIR: folder, PORT: '' });
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      logLevel: 'info',
    });
    expect(config.synchronous).toBe('FULL');
    expect(config.databaseFile).toBe(join(folder, 'drieluik.sqlite'));
  });

  it('keeps copies of seven days, four weeks and six months, or as many as are named, or none', () => {
    expect(read({}).backupsKept).toEqual({ days: 7, weeks: 4, months: 6 });
    expect(read({ BACKUPS_KEPT: '30,0,12' }).backupsKept).toEqual({ days: 30, weeks: 0, months: 12 });
    expect(read({ BACKUPS_KEPT: 'off' }).backupsKept).toBeNull();
  });

  it('takes the public address without a slash at the end', () => {
    expect(read({ PUBLIC_URL: 'https://drieluik.example/' }).publicUrl).toBe('https://drieluik.example');
  });

  it.each([
    ['PORT', 'tachtig'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'drieluik.example'],
    ['PUBLIC_URL', 'ftp://drieluik.example'],
    ['PUBLIC_URL', 'https://drieluik.example/pad'],
    ['PROXIES', 'ja'],
    ['LOG_LEVEL', 'loud'],
    ['SECRET', 'kort'],
    ['SYNCHRONOUS', 'OFF'],
    ['BACKUPS_KEPT', '0,4,6'],
    ['BACKUPS_KEPT', '7,4,13'],
    ['BACKUPS_KEPT', '7,4'],
    ['SMTP_URL', 'mail.school.example'],
    ['SMTP_URL', 'http://user:geheim@mail.school.example'],
    ['MAIL_FROM', 'Drieluik'],
    ['MAIL_FROM', 'Drieluik <mail@school.example>, baas@school.example'],
  ])('stops the start at %s=%s and names the variable, not the value', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(ConfigError);
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}: (?!.*${value}).+`));
  });

  it('takes a mail server with a sender, and neither without the other', () => {
    const mail = {
      SMTP_URL: 'smtps://user:geheim@mail.school.example:465?pool=true',
      MAIL_FROM: 'Drieluik <a@school.example>',
    };
    expect(read(mail).mail).toEqual({ url: mail.SMTP_URL, from: mail.MAIL_FROM });
    expect(read({}).mail).toBeNull();
    expect(() => read({ SMTP_URL: mail.SMTP_URL })).toThrow(/^MAIL_FROM: (?!.*geheim)/);
    expect(() => read({ MAIL_FROM: mail.MAIL_FROM })).toThrow(/^SMTP_URL: /);
  });

  it('takes no sender with a line break: it would be a header of its own', () => {
    const mail = { SMTP_URL: 'smtp://localhost', MAIL_FROM: 'Drieluik\r\nBcc: x@y.example <a@school.example>' };
    expect(() => read(mail)).toThrow(/^MAIL_FROM: /);
  });

  it('names every wrong variable at once', () => {
    expect(() => read({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT: .*\nLOG_LEVEL: /);
  });

  it('makes a secret once, that only its owner can read', () => {
    const { secret } = read({});
    expect(secret).toHaveLength(43);
    expect(read({}).secret).toBe(secret);
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('closes a secret to others that was put back open', () => {
    const { secret } = read({});
    chmodSync(join(folder, 'secret'), 0o644);
    expect(read({}).secret).toBe(secret);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('makes DATA_DIR, also where SECRET is given', () => {
    const dataDir = join(folder, 'new', 'data');
    readConfig({ DATA_DIR: dataDir, SECRET: 'x'.repeat(32) });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('refuses a stored secret that was cut short', () => {
    writeFileSync(join(folder, 'secret'), 'half');
    expect(() => read({})).toThrow(/^SECRET: /);
  });

  it('names DATA_DIR when it cannot be used', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => readConfig({ DATA_DIR: join(folder, 'file') })).toThrow(/^DATA_DIR: /);
  });
});
