import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Starts the built server: `npm start`. Settings come from the environment (src/lib/server/config.ts). */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Drieluik needs Node 22.18 or newer; this is ${process.versions.node}. Use "npm start".`);
  process.exit(1);
}

// For the threads too: compiling them is most of their start (as in src/cli/main.ts).
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

const { readConfig } = await import('#lib/server/config.ts');

try {
  await start(readConfig(process.env));
} catch (cause) {
  // By name: what the built server throws is of a class of its own.
  if (!(cause instanceof Error) || cause.name !== 'ConfigError') throw cause;
  console.error(`Drieluik cannot start, a setting is wrong:\n${cause.message}`);
  process.exit(1);
}

/** @param {import('#lib/server/config.ts').Config} config */
async function start(config) {
  const { default: compression } = await import('compression');
  const { commonHeaders } = await import('#lib/server/wire/headers.ts');
  const { createWire } = await import('#lib/server/wire/server.ts');
  setFramework(config);

  const compress = compression();
  /** @type {Promise<typeof import('./build/handler.js').handler>} */
  let ready;
  const headers = commonHeaders(config.publicUrl, readFileSync(new URL('src/error.html', import.meta.url), 'utf8'));
  const server = createWire(headers, (request, response) => {
    response.once('finish', () => readOn(request));
    compress(
      /** @type {import('express').Request} */ (request),
      /** @type {import('express').Response} */ (response),
      () => void ready.then((handler) => handler(request, response)),
    );
  });
  // Listening comes first: the address and the set-up link are printed by the handler's start, once they are true.
  ready = listening(server, config).then(async () => (await import('./build/handler.js')).handler);
  await ready;

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    server.close(() => process.emit('sveltekit:shutdown', 'SIGTERM'));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/**
 * The framework's own settings, which are no settings of ours: whatever the environment has for them does not count.
 * @param {import('#lib/server/config.ts').Config} config
 */
function setFramework({ publicUrl, proxies }) {
  for (const name of ['PROTOCOL_HEADER', 'HOST_HEADER', 'PORT_HEADER', 'ADDRESS_HEADER', 'XFF_DEPTH']) {
    delete process.env[name];
  }
  process.env.ORIGIN = publicUrl; // for its check of form posts
  if (proxies > 0) Object.assign(process.env, { ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: String(proxies) });
  // A file of 10 MB that is handed in, with a text (hand-in-form.ts). What any other form keeps of a body is less, and is said
  // where it is read (form-values.ts): the rest is counted and thrown away as it comes.
  process.env.BODY_SIZE_LIMIT = '11M';
}

/**
 * What is left of a body that was answered before it was read (somebody whose session has ended sends a long list). The
 * framework listens to it and has paused it; left so, the next request on this connection waits until the connection ends.
 * @param {import('node:http').IncomingMessage} request
 */
function readOn(request) {
  if (request.complete) return;
  request.removeAllListeners('data');
  request.resume();
}

/**
 * @param {import('node:http').Server} server
 * @param {import('#lib/server/config.ts').Config} config
 */
async function listening(server, { port, host }) {
  const { once } = await import('node:events');
  const { ConfigError } = await import('#lib/server/config.ts');
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE' ? 'is in use' : 'cannot be opened';
    throw new ConfigError(`PORT: ${port} on ${host} ${why}`);
  }
}
