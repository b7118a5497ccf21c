// Asks the configured registry which known faults there are in the packages that make and run Drieluik (pages hold
// packages that only the build needs). Ends with 0 when
// there are none, with 1 when there are, and with 2 when the registry cannot tell.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
/** @type {{ metadata?: { vulnerabilities: { total: number }, dependencies: { total: number } }, vulnerabilities?: Record<string, { severity: string, range: string, fixAvailable: unknown }> } | null} */
let report = null;
try {
  report = JSON.parse(stdout);
} catch {
  // Said below: npm prints no JSON when it was not answered.
}

if (!report?.metadata) {
  console.error(
    'The registry that npm is configured with does not tell of known faults, or cannot be reached: nothing was checked.\n' +
      'Set one that does (npm config set registry …), or check the list of `npm run sbom` elsewhere.',
  );
  process.exitCode = 2;
} else if (report.metadata.vulnerabilities.total === 0) {
  console.log(`No known faults in ${report.metadata.dependencies.total} packages.`);
} else {
  for (const [name, { severity, range, fixAvailable }] of Object.entries(report.vulnerabilities ?? {})) {
    console.log(`${severity.padEnd(9)} ${name} ${range}${fixAvailable ? '  (a newer version mends it)' : ''}`);
  }
  process.exitCode = 1;
}
