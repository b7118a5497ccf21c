// Makes a clone ready to run: installs what package-lock.json says and, with --build, builds the application.
// Runs before npm start, npm test and the other commands, on any Node from 18, before anything is installed;
// therefore it imports nothing but Node itself. When all is up to date it takes a tenth of a second.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installStamp = join(root, 'node_modules', '.install-stamp');
const buildStamp = join(root, 'build', '.build-stamp');
const bundledNode = join(root, 'node_modules', '.bin', 'node');
const sources = [
  ...['src', 'static', 'messages', 'migrations', 'project.inlang/settings.json'],
  ...['svelte.config.js', 'vite.config.ts', 'vite.bin.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'],
];
/** Generated inside a source folder, by the build itself. */
const generated = ['paraglide', 'paraglide-whole'].map((name) => join(root, 'src', 'lib', name));

const minimumNode = [22, 18];
const minimumNpm = [10, 0];

class SetupError extends Error {}

/** @param {string} version @param {number[]} minimum */
function atLeast(version, [wantedMajor = 0, wantedMinor = 0]) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** @param {string} command @param {string[]} args @param {Record<string, string>} [env] */
function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32' && command === 'npm',
  });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  return { ok: result.status === 0, output: result.error ? result.error.message : output };
}

/** npm as it was called, run by the Node outside node_modules, because an install replaces the one inside. */
function npm(/** @type {string[]} */ ...args) {
  const cli = process.env.npm_execpath ?? '';
  const node = process.env.npm_node_execpath ?? process.execPath;
  return basename(cli) === 'npm-cli.js' ? run(node, [cli, ...args]) : run('npm', args);
}

/** Writes a stamp in one step: a reader sees the old one or the new one. @param {string} file @param {string} text */
function writeStamp(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** @param {string} file */
function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** A hash over names and contents: it also sees a deleted file and an older version that was put back. */
function sourceHash() {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    if (generated.includes(path) || !existsSync(path)) return;
    let names;
    try {
      names = readdirSync(path).sort();
    } catch {
      hash.update(`\0${path.slice(root.length)}\0`).update(readFileSync(path));
      return;
    }
    for (const name of names) if (!/\.test\.ts$/.test(name)) add(join(path, name));
  };
  for (const source of sources) add(join(root, source));
  return hash.digest('hex');
}

const installed = () => readStamp(installStamp) === lockfileHash();
const built = () => readStamp(buildStamp) === sourceHash();

function checkMachine() {
  const bringsNode = process.platform === 'linux' && process.arch === 'x64';
  if (!bringsNode && !atLeast(process.versions.node, minimumNode)) {
    throw new SetupError(
      `Drieluik needs Node ${minimumNode.join('.')} or newer; this is ${process.versions.node}. On Linux x64 it brings its ` +
        `own, for ${process.platform} ${process.arch} please install a newer one from https://nodejs.org.`,
    );
  }
  const version = npm('--version');
  if (!version.ok) throw new SetupError(`npm could not be run: ${version.output}`);
  if (!atLeast(version.output, minimumNpm)) {
    throw new SetupError(
      `Drieluik needs npm ${minimumNpm[0]} or newer; this is ${version.output}. "npm install --global npm@11" brings it.`,
    );
  }
}

function install() {
  checkMachine();
  const seconds = timer();
  console.error('Setup: installing the packages of package-lock.json (the first time: half a minute or more) …');
  const result = npm(
    ...['ci', '--ignore-scripts', '--include=dev', '--include=optional'],
    ...['--no-audit', '--no-fund', '--loglevel=error'],
  );
  if (!result.ok) throw new SetupError(`The packages could not be installed.\n${result.output}`);
  // Where the bundled Node does not run (another C library), npm scripts must find the machine's own.
  if (existsSync(bundledNode) && !run(bundledNode, ['--version']).ok) rmSync(bundledNode);
  runtime();
  writeStamp(installStamp, lockfileHash());
  console.error(`Setup: packages installed in ${seconds()} s.`);
}

/** The Node that builds and runs Drieluik: the bundled one where it works, else this one if it is new enough. */
function runtime() {
  if (existsSync(bundledNode)) return bundledNode;
  if (atLeast(process.versions.node, minimumNode)) return process.execPath;
  throw new SetupError(
    `Drieluik needs Node ${minimumNode.join('.')} or newer; this is ${process.versions.node}, and the one that comes with it ` +
      'does not run on this machine. Please install a newer one from https://nodejs.org.',
  );
}

function build() {
  const node = runtime();
  const seconds = timer();
  const hash = sourceHash();
  console.error('Setup: building …');
  for (const config of ['vite.config.ts', 'vite.bin.config.ts']) {
    const vite = join('node_modules', 'vite', 'bin', 'vite.js');
    const result = run(node, [vite, 'build', '--config', config, '--logLevel', 'warn'], { NODE_ENV: 'production' });
    if (!result.ok) throw new SetupError(`The build failed.\n${result.output}`);
  }
  writeStamp(buildStamp, hash);
  console.error(`Setup: built in ${seconds()} s.`);
}

function timer() {
  const start = Date.now();
  return () => ((Date.now() - start) / 1000).toFixed(1);
}

/** One setup at a time for this folder; a second one waits, and takes over from one that was killed. */
async function locked(/** @type {() => void} */ work) {
  const user = typeof process.getuid === 'function' ? process.getuid() : '';
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const lock = join(tmpdir(), `drieluik-setup-${user}-${name}`);
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    for (let waited = 0; !claim(own, lock); waited += 0.3) {
      const owner = Number(readStamp(lock));
      if (owner === process.pid || !isRunning(owner)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (waited === 0) console.error('Setup: waiting for another setup of this folder …');
      if (waited > 900)
        throw new SetupError(`Another setup (process ${owner}) does not end; if it is not one, delete ${lock}.`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    try {
      work();
    } finally {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link is made in one step with its content: the lock never exists without its owner's id. @param {string} own @param {string} lock */
function claim(own, lock) {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

try {
  const wantsBuild = process.argv.includes('--build');
  if (!installed() || (wantsBuild && !built())) {
    await locked(() => {
      if (!installed()) install();
      if (wantsBuild && !built()) build();
    });
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`Setup: ${error.message}`);
  process.exitCode = 1;
}
