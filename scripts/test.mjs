// Runs every check of the project, each step whatever the one before it gave, and closes with the totals.
// `npm test` runs all; `npm test -- types unit` only the steps that are named.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */
/** @typedef {{ name: string, commands: string[][], env?: Record<string, string>, totals?: () => Totals }} Step */
/** @typedef {{ projectName: string, status: string, results: { error?: { message?: string } }[] }} Run */
/** @typedef {{ title: string, file: string, line: number, tests: Run[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

const root = fileURLToPath(new URL('..', import.meta.url));
const results = mkdtempSync(join(tmpdir(), 'drieluik-test-'));
const unitResults = join(results, 'unit.json');
const browserResults = join(results, 'browser.json');
const MOST_LINES = 25;

/** @type {Step[]} */
const steps = [
  { name: 'lint', commands: [['eslint', '.', '--max-warnings=0', '--concurrency=2']] },
  { name: 'format', commands: [['prettier', '--check', '--log-level=warn', '.']] },
  {
    name: 'types',
    commands: [
      ['svelte-kit', 'sync'],
      ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
    ],
  },
  { name: 'schema', commands: [['node', 'scripts/schema.ts', '--check']] },
  {
    name: 'unit',
    commands: [
      ['vitest', 'run', '--allowOnly=false', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitResults}`],
    ],
    totals: unitTotals,
  },
  {
    name: 'browser',
    commands: [['playwright', 'test', '--forbid-only', '--reporter=line,json']],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserResults },
    totals: browserTotals,
  },
];

/** What failed and why, told again under the totals: the end of a long log is what one reads first. */
/** @type {string[]} */
const failures = [];

/** @returns {Totals} */
function unitTotals() {
  const report = JSON.parse(readFileSync(unitResults, 'utf8'));
  for (const { name, assertionResults, message } of report.testResults) {
    const failed = assertionResults.filter((/** @type {{ status: string }} */ { status }) => status === 'failed');
    for (const { fullName, failureMessages } of failed) failures.push(`${name} › ${fullName}\n${failureMessages[0]}`);
    if (failed.length === 0 && message) failures.push(`${name}\n${message}`);
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * A test that passed at the second try did not pass. The report's `ok` is that of a test's first width alone, so each
 * width is looked at. @returns {Totals}
 */
function browserTotals() {
  const { stats, suites } = JSON.parse(readFileSync(browserResults, 'utf8'));
  for (const { file, line, title, tests } of specsOf(suites)) {
    for (const { projectName, results } of tests.filter(({ status }) => ['unexpected', 'flaky'].includes(status))) {
      const [error] = results.flatMap(({ error }) => error?.message ?? []);
      failures.push(`[${projectName}] ${file}:${line} › ${title}\n${error ?? 'no reason given'}`);
    }
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** @param {Suite[]} suites @returns {Spec[]} */
function specsOf(suites) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites ?? [])]);
}

/**
 * What a step gave. A step without tests of its own counts as one. A runner that reports no failure and yet fails
 * (a file that cannot be loaded, no test found, a crash) counts as one failure more.
 * @param {Step} step
 * @returns {Totals}
 */
function runStep({ commands, env, totals }) {
  const ok = commands.every(([command = '', ...args]) => {
    const windows = process.platform === 'win32';
    const result = spawnSync(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: windows,
    });
    if (result.error) console.error(`${command}: ${result.error.message}`);
    return result.status === 0;
  });
  if (!totals) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  /** @type {Totals} */
  let counted = { passed: 0, failed: 0, skipped: 0 };
  try {
    counted = totals();
  } catch {
    console.error('The test runner left no results.');
  }
  const nothingRan = counted.passed + counted.failed === 0;
  if (counted.failed === 0 && (!ok || nothingRan)) counted.failed = 1;
  return counted;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}

const lines = [];
const sum = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    console.log(`\n── ${step.name}`);
    const start = performance.now();
    const { passed, failed, skipped } = runStep(step);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const note = skipped > 0 ? `, ${skipped} skipped` : '';
    lines.push(
      `${failed === 0 ? '✓' : '✗'} ${step.name.padEnd(8)} ${seconds.padStart(6)} s   ${passed} passed, ${failed} failed${note}`,
    );
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
} finally {
  rmSync(results, { recursive: true, force: true });
}

for (const failure of failures) console.log(`\n✗ ${failure.split('\n').slice(0, MOST_LINES).join('\n')}`);
console.log(`\n${lines.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
