import { createTransport } from 'nodemailer';
import type { MailConfig } from '#lib/server/config.ts';
import type { MailFaultCode } from '#lib/text/mail-faults.ts';
import { toHtml, toText, type Letter } from './letter.ts';
import type { TroubleCode } from './trouble-service.ts';

/** Connections to the mail server at a time; so many mails are under way. */
export const CONNECTIONS = 3;

/**
 * Milliseconds. Connecting is quick or does not work; what was handed over may take long to be accepted (RFC 5321 §4.5.3.2
 * has ten minutes for the last answer): giving up sooner would send it twice.
 */
const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 30_000,
  socketTimeout: 10 * 60_000,
} as const;

/** Connections end soon after the last mail: a server that ends them first would look like a fault. */
const IDLE = 5000;

/** A mail that the transport can send: to one person. */
export type Message = { id: string; to: { name: string | null; email: string }; letter: Letter };

export type Smtp = {
  /** Sends, and returns once the server has accepted it. @throws what `faultOf` understands */
  send: (message: Message) => Promise<void>;
  /** Ends the connections; `force` also those in the middle of a mail. */
  close: (force: boolean) => void;
};

/**
 * The connection to the mail server; nothing is connected before the first mail. With a password it insists on TLS,
 * unless the server is this machine or the address says `?requireTLS=false`.
 * @param publicUrl names the host of message ids
 */
export function createSmtp({ url, from }: MailConfig, publicUrl: string): Smtp {
  const { hostname, username } = new URL(url);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    maxRequeues: 0, // trying again is the outbox's: it counts and waits
    idleTimeout: IDLE,
    requireTLS: username !== '' && !isLocal,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
  });
  const host = new URL(publicUrl).hostname;
  return {
    send: async ({ id, to, letter }) => {
      const { replyTo } = letter;
      await transport.sendMail({
        // The same at every attempt, so that a mail that comes twice after all can be known as one (rules.md).
        messageId: `<${id}@${host}>`,
        from,
        to: { name: to.name ?? '', address: to.email },
        ...(replyTo === null ? {} : { replyTo: { name: replyTo.name, address: replyTo.email } }),
        subject: letter.subject,
        text: toText(letter),
        html: toHtml(letter),
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': letter.language,
        },
      });
    },
    close: (force) => transport.close({ force }),
  };
}

/** The host of the mail server, to be shown; never its user or password. */
export function hostOf({ url }: MailConfig): string {
  return new URL(url).host;
}

/** What an attempt that did not work says about this mail, or about the server: then no mail can go. */
export type SendFault = {
  /** Trying again may help. */
  isPassing: boolean;
  /** The mail server's three digits; null when it did not get so far. */
  reply: number | null;
} & ({ about: 'server'; code: TroubleCode } | { about: 'mail'; code: MailFaultCode });

/** Why a certificate is not trusted, as Node names it. */
const CERTIFICATE = /CERT|LEAF_SIGNATURE|^INVALID_(CA|PURPOSE)$/;
/** The two sides did not agree on TLS: it is not there, or not where the address says (`smtps://` or STARTTLS). */
const ENCRYPTION = /^(ETLS|EPROTO|ERR_SSL_.*)$/;

/**
 * What went wrong, from nodemailer's error. 4xx is for now and 5xx for good (RFC 5321 §4.2.1), but a fault of the server
 * or of our settings is never held against one mail: 421 closes the connection, and a refused sender or sign-in is the
 * same for all.
 */
export function faultOf(cause: unknown): SendFault {
  const { code, originalCode, command, responseCode } = readError(cause);
  const reply = responseCode ?? null;
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') {
    return { about: 'server', isPassing: true, code: 'sign_in_refused', reply };
  }
  if (originalCode !== undefined && CERTIFICATE.test(originalCode)) {
    return { about: 'server', isPassing: true, code: 'certificate_refused', reply };
  }
  if (ENCRYPTION.test(code ?? '') || ENCRYPTION.test(originalCode ?? '')) {
    return { about: 'server', isPassing: true, code: 'encryption_failed', reply };
  }
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!isAboutMail || reply === 421) return { about: 'server', isPassing: true, code: 'unreachable', reply };
  // Without an answer it never came to the server: no address can be read in it, or it is larger than the server takes.
  if (reply === null) {
    return {
      about: 'mail',
      isPassing: false,
      code: code === 'EENVELOPE' ? 'address_refused' : 'message_refused',
      reply,
    };
  }
  if (command === 'MAIL FROM') return { about: 'server', isPassing: true, code: 'sender_refused', reply };
  if (reply < 500) return { about: 'mail', isPassing: true, code: 'later', reply };
  if (reply === 552) return { about: 'mail', isPassing: false, code: 'mailbox_full', reply };
  const isAddress = command === 'RCPT TO';
  return { about: 'mail', isPassing: false, code: isAddress ? 'address_refused' : 'message_refused', reply };
}

type ReadError = { code?: string; originalCode?: string; command?: string; responseCode?: number };

function readError(cause: unknown): ReadError {
  if (!(cause instanceof Error)) return {};
  const { code, originalCode, command, responseCode } = cause as Partial<Record<keyof ReadError, unknown>>;
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof originalCode === 'string' ? { originalCode } : {}),
    ...(typeof command === 'string' ? { command } : {}),
    ...(typeof responseCode === 'number' ? { responseCode } : {}),
  };
}
