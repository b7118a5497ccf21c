import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * What one connection may take, in milliseconds and bytes: enough for a school's slow line, and too little to hold the
 * server up. A body has its limits where it is read (form-values.ts, json-body.ts).
 */
export const WIRE_LIMITS = {
  /** A request's first lines; they fit one packet. */
  headersTimeout: 10_000,
  /** The whole request: a list of 1 MB at 20 kB a second. */
  requestTimeout: 60_000,
  /** How often the two above are looked at; Node's own half minute would make them three times as long. */
  connectionsCheckingInterval: 2_000,
  /** Between two requests. A reverse proxy has to let go sooner (docs/operations/nginx.conf). */
  keepAliveTimeout: 5_000,
  /** Longer than the longest wait for a document (downloads/write-pdf.ts): nobody reads or writes any more. */
  idleTimeout: 120_000,
  maxHeaderSize: 16 * 1024,
  /** Far more than a partnership has raters, and fewer than the file handles that a service gets. */
  maxConnections: 4_000,
};

/** Refusals of what is no HTTP, or comes too slowly or too large; everything else of that kind is 400. */
const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * The HTTP server around the framework's handler: it waits for nobody too long, and its every answer has the common
 * headers, also where no request could be read.
 */
export function createWire(
  headers: Readonly<Record<string, string>>,
  answer: RequestListener,
  limits: typeof WIRE_LIMITS = WIRE_LIMITS,
): Server {
  const { idleTimeout, maxConnections, ...options } = limits;
  // Node's own refusal of a request without a host would have no headers.
  const server = createServer({ ...options, requireHostHeader: false }, (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.headers.host === undefined) response.writeHead(400, { Connection: 'close' }).end();
    else answer(request, response);
  });
  server.maxConnections = maxConnections;
  server.timeout = idleTimeout;
  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Socket) => {
    // A client that is gone reads nothing, and what was answered in part cannot be answered otherwise.
    if (fault.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) socket.destroy();
    else socket.end(bareAnswer(STATUS_OF[fault.code ?? ''] ?? 400, headers));
  });
  return server;
}

function bareAnswer(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...headers, Connection: 'close', 'Content-Length': '0' });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
}
