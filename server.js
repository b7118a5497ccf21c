/** Starts the built server: `npm start`. Settings come from the environment (src/lib/server/config.ts). */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Drieluik needs Node 22.18 or newer; this is ${process.versions.node}. Use "npm start".`);
  process.exit(1);
}

const { readConfig, ConfigError } = await import('#lib/server/config.ts');

try {
  await start(readConfig(process.env));
} catch (cause) {
  if (!(cause instanceof ConfigError)) throw cause;
  console.error(`Drieluik cannot start, a setting is wrong:\n${cause.message}`);
  process.exit(1);
}

/** @param {import('#lib/server/config.ts').Config} config */
async function start(config) {
  const { createServer } = await import('node:http');
  const { default: compression } = await import('compression');
  process.env.ORIGIN = config.publicUrl; // for the framework's own check of form posts
  // A file of teams of 1 MB, twice over: as it was pasted and as it was uploaded. Answers have a limit of their own.
  process.env.BODY_SIZE_LIMIT = '3M';

  const compress = compression();
  /** @type {Promise<typeof import('./build/handler.js').handler>} */
  let ready;
  const server = createServer((request, response) => {
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
 * @param {import('node:http').Server} server
 * @param {import('#lib/server/config.ts').Config} config
 */
async function listening(server, { port, host }) {
  const { once } = await import('node:events');
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE' ? 'is in use' : 'cannot be opened';
    throw new ConfigError(`PORT: ${port} on ${host} ${why}`);
  }
}
