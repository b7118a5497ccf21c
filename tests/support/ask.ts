import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

/** What came back over the wire, with every header as it was sent. */
export type Asked = { status: number; headers: IncomingHttpHeaders; text: string };

type Ask = { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer };

/**
 * Asks a server by Node's own client: unlike `fetch` it sends any path and any Host as it is given.
 * @param path as it goes on the request's first line
 */
export function ask(url: string, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Asked> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Sends bytes that need be no HTTP, and reads until the server closes the connection. */
export function sendBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}
