import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A browser to test with: where it stands, how it is called and what it needs in its environment. */
export type Chromium = { executablePath: string; args: string[]; env: Record<string, string> };

const root = fileURLToPath(new URL('../../', import.meta.url));
const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Run as root in a container, without a graphics card, and without talking to anyone but the page's server. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The package's own settings look for fonts in the shared temporary folder; without one a page shows no letters. */
const fontSettings = `<?xml version="1.0"?>
<fontconfig>
  <dir prefix="relative">fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * The Chromium of the environment variable CHROMIUM, else the one that comes with npm, else the machine's.
 * @throws Error naming what was looked for when there is none
 */
export async function findChromium(): Promise<Chromium> {
  const chosen = process.env['CHROMIUM'];
  if (chosen) {
    accessSync(chosen, constants.X_OK);
    return { executablePath: chosen, args, env: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const unpacked = await unpackedChromium();
    return {
      executablePath: join(unpacked, 'chromium'),
      args,
      env: {
        LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib'),
        FONTCONFIG_FILE: join(unpacked, 'fonts.conf'),
        XDG_CACHE_HOME: join(unpacked, 'cache'),
      },
    };
  }
  const system = systemPaths.find((path) => existsSync(path));
  if (!system) throw new Error(`No Chromium found: set CHROMIUM to one, or install ${systemPaths.join(' or ')}.`);
  return { executablePath: system, args, env: {} };
}

/**
 * The folder with the unpacked browser. The package unpacks into the temporary folder that all projects share and
 * takes what it finds there, even half-written; so it unpacks into a folder of its own that is renamed when complete.
 */
async function unpackedChromium(): Promise<string> {
  const manifest = readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version }: { version: string } = JSON.parse(manifest);
  const cache = join(root, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unpacking = mkdtempSync(`${folder}-`);
  const before = process.env['TMPDIR'];
  try {
    process.env['TMPDIR'] = unpacking;
    // Without a Lambda's variable the package leaves out the libraries that a bare machine lacks.
    process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs24.x';
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    writeFileSync(join(unpacking, 'fonts.conf'), fontSettings);
    renameSync(unpacking, folder);
  } catch (error) {
    // Another run was first.
    if (!existsSync(folder)) throw error;
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    delete process.env['AWS_LAMBDA_JS_RUNTIME'];
    rmSync(unpacking, { recursive: true, force: true });
  }
  return folder;
}
