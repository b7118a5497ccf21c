import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

const host = '127.0.0.1';

/** What the browser sends, and what the server sends. */
export type Direction = 'request' | 'response';

type Cut = { direction: Direction; bytesLeft: number; happened: () => void };
type Pair = { outer: Socket; inner: Socket };

/** The wire between browser and server, which a test may cut at any byte. It knows TCP only. */
export class CuttingProxy {
  readonly port: number;
  /** Where the server listens now. */
  target = 0;
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  #cut: Cut | null = null;
  #isRefusing = false;

  private constructor(listener: Server) {
    this.#listener = listener;
    this.port = (listener.address() as AddressInfo).port;
    listener.on('connection', (outer) => this.#join(outer));
  }

  static async start(): Promise<CuttingProxy> {
    const listener = createServer().listen(0, host);
    await once(listener, 'listening');
    return new CuttingProxy(listener);
  }

  /**
   * Lets so many more bytes through in this direction, over all connections together, and then breaks every connection.
   * @returns when that has happened
   */
  cutAfter(direction: Direction, bytes: number): Promise<void> {
    return new Promise((happened) => (this.#cut = { direction, bytesLeft: bytes, happened }));
  }

  /**
   * Breaks every connection and every new one, until `accept`. The port stays taken: released, it could be given to
   * another test's server, or to a browser as the near end of a connection.
   */
  refuse(): void {
    this.#isRefusing = true;
    this.#breakAll();
  }

  accept(): void {
    this.#isRefusing = false;
  }

  async stop(): Promise<void> {
    this.refuse();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #join(outer: Socket): void {
    outer.on('error', ignore);
    if (this.#isRefusing) {
      outer.resetAndDestroy();
      return;
    }
    const pair = { outer, inner: connect(this.target, host) };
    const { inner } = pair;
    this.#pairs.add(pair);
    inner.on('error', ignore);
    outer.on('data', (chunk: Buffer) => this.#pass(chunk, 'request', inner));
    inner.on('data', (chunk: Buffer) => this.#pass(chunk, 'response', outer));
    outer.on('close', (isBroken) => (isBroken ? inner.resetAndDestroy() : inner.end()));
    inner.on('close', (isBroken) => {
      this.#pairs.delete(pair);
      if (isBroken) outer.resetAndDestroy();
      else outer.end();
    });
  }

  #pass(chunk: Buffer, direction: Direction, to: Socket): void {
    const cut = this.#cut;
    if (cut?.direction !== direction) {
      to.write(chunk);
    } else if (chunk.length < cut.bytesLeft) {
      cut.bytesLeft -= chunk.length;
      to.write(chunk);
    } else {
      this.#cut = null;
      to.end(chunk.subarray(0, cut.bytesLeft)); // the far side gets the first half, and then the end
      this.#breakAll(to);
      cut.happened();
    }
  }

  #breakAll(except?: Socket): void {
    for (const { outer, inner } of this.#pairs) {
      for (const socket of [outer, inner]) if (socket !== except) socket.resetAndDestroy();
    }
  }
}

/** A broken connection is what these tests are about. */
function ignore(): void {}
