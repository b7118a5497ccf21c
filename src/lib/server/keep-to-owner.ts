import { chmodSync, statSync } from 'node:fs';

/**
 * Closes a file to everybody but its owner: one that was put back by hand is often open to others. A file that is not
 * ours to close stays as it is.
 */
export function keepToOwner(file: string): void {
  if ((statSync(file).mode & 0o077) === 0) return;
  try {
    chmodSync(file, 0o600);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code !== 'EPERM' && code !== 'EROFS') throw cause;
  }
}
