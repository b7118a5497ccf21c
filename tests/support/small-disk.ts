import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Disks of a few megabytes, where this machine lets tests have one (as root). */

function mount(at: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const canMount = (() => {
  const probe = mkdtempSync(join(tmpdir(), 'drieluik-mount-'));
  const isMounted = mount(probe, 1);
  if (isMounted) unmount(probe);
  rmSync(probe, { recursive: true });
  return isMounted;
})();

/** Puts an empty disk in the place of this folder. */
export function mountDisk(at: string, megabytes = 8): void {
  if (!mount(at, megabytes)) throw new Error(`no disk could be mounted at ${at}`);
}

/** Takes the disk away, with what is on it. */
export function unmount(at: string): void {
  execFileSync('umount', ['-l', at]);
}

/** Fills the disk of this folder to the last byte. @returns the file that does, to be removed for room */
export function fillDisk(at: string): string {
  const filler = join(at, 'filler');
  execFileSync('sh', ['-c', `dd if=/dev/zero of='${filler}' bs=4k 2>/dev/null || true`]);
  return filler;
}
