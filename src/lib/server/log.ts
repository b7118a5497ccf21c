import { pino, type Logger } from 'pino';

/**
 * JSON lines on stdout. What is logged is chosen field by field (never a request, a body or an address);
 * redaction is the second net.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['token', 'email', 'cookie', 'authorization', 'score', 'comment', '*.token', '*.email', '*.comment'],
      censor: '[hidden]',
    },
  });
}

/** The addresses in which a token comes next; a proxy masks the same (docs/operations/nginx.conf). */
export const TOKEN_PATHS = ['f', 'u', 'r', 'calendar', 'sign-in', 'setup'];
const TOKEN = new RegExp(`^/(${TOKEN_PATHS.join('|')})/[^/]+`);

/** A path as it may be logged: personal tokens are masked (rules.md, Links and mail). */
export function maskPath(path: string): string {
  return path.replace(TOKEN, '/$1/[token]');
}
