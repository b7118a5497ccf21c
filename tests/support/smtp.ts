import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** What a mail server answers instead of taking something. */
export class Refusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message = 'no') {
    super(message);
    this.responseCode = responseCode;
  }
}

/** How a mail server behaves; a function that throws a `Refusal` answers with that. */
export type Behaviour = {
  onRecipient?: (address: string) => void;
  /** After the whole mail has come in, before it is accepted. */
  onMail?: (email: Email, server: MailServer) => void | Promise<void>;
  /** Asks for this password of the user `drieluik`. */
  password?: string;
  port?: number;
  /** Offers encryption: from the first byte, or as STARTTLS. */
  tls?: { from: 'start' | 'STARTTLS'; key: string; cert: string };
};

/** A real mail server on this machine, that keeps what it accepted. */
export class MailServer {
  /** What was accepted, in order. */
  readonly accepted: Email[] = [];
  /** How many times a recipient was named, whatever came of it. */
  recipients = 0;
  readonly #server: SMTPServer;
  readonly #behaviour: Behaviour;

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
    const { password, tls } = behaviour;
    this.#server = new SMTPServer({
      disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(password === undefined ? ['AUTH'] : [])],
      ...(tls ? { secure: tls.from === 'start', key: tls.key, cert: tls.cert } : {}),
      authOptional: password === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 50,
      onAuth: (auth, _session, callback) => {
        if (auth.password === password) callback(null, { user: auth.username });
        else callback(new Refusal(535));
      },
      onRcptTo: ({ address }, _session, callback) => {
        this.recipients += 1;
        this.#answer(() => this.#behaviour.onRecipient?.(address), callback);
      },
      onData: (stream, session, callback) => void this.#receive(stream, session, callback),
    });
    // A client that breaks off is no fault of the server.
    this.#server.on('error', () => undefined);
  }

  async listen(): Promise<void> {
    this.#server.listen(this.#behaviour.port ?? 0, '127.0.0.1');
    await once(this.#server.server, 'listening');
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** For SMTP_URL. */
  get url(): string {
    const user = this.#behaviour.password === undefined ? '' : `drieluik:${this.#behaviour.password}@`;
    const scheme = this.#behaviour.tls?.from === 'start' ? 'smtps' : 'smtp';
    return `${scheme}://${user}127.0.0.1:${this.port}`;
  }

  /** Whom it accepted mail for, sorted. */
  get addresses(): string[] {
    return this.accepted.map(({ to }) => to?.[0]?.address ?? '').sort();
  }

  /** Ends every connection at once, as when it is killed; `listen` again is a new server's. */
  cut(): void {
    for (const connection of this.#server.connections) {
      (connection as unknown as { _socket: { destroy: () => void } })._socket.destroy();
    }
  }

  close(): Promise<void> {
    if (!this.#server.server.listening) return Promise.resolve();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(
    stream: SMTPServerDataStream,
    _session: SMTPServerSession,
    callback: (error?: Error | null) => void,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const email = await PostalMime.parse(Buffer.concat(chunks));
    try {
      await this.#behaviour.onMail?.(email, this);
    } catch (cause) {
      callback(cause as Error);
      return;
    }
    this.accepted.push(email);
    callback();
  }

  #answer(work: () => void, callback: (error?: Error | null) => void): void {
    try {
      work();
      callback();
    } catch (cause) {
      callback(cause as Error);
    }
  }
}

/** A mail server that listens until the test ends. */
export async function mailServer(behaviour: Behaviour = {}): Promise<MailServer> {
  const server = new MailServer(behaviour);
  await server.listen();
  onTestFinished(() => server.close());
  return server;
}

/** The value of a header. */
export function header(email: Email | undefined, name: string): string | undefined {
  return email?.headers.find(({ key }) => key === name.toLowerCase())?.value;
}
