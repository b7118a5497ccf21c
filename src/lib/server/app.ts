import { createAuth, mailedSignInLink, type Auth } from './auth/auth.ts';
import { MailSender } from './mail/sender.ts';
import { createSmtp } from './mail/smtp.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';

/** What a running Drieluik holds: made once at start, by the server, tests and benches alike. */
export type App = Store & {
  auth: Auth;
  /** Sends what is in the outbox, once it is told to (`start`, `run`): by the server, not by the command line. */
  mail: MailSender;
};

type StartOptions = StoreOptions & { authPlugins?: Parameters<typeof createAuth>[2] };

/** The store, with accounts and mail. @throws what `openStore` throws */
export async function startApp(
  env: Record<string, string | undefined>,
  { authPlugins = [], ...options }: StartOptions = {},
): Promise<App> {
  const store = await openStore(env, options);
  const { config, log, db } = store;
  const { secret, publicUrl } = config;
  const auth = createAuth(db, config, authPlugins);
  const mail = new MailSender({
    smtp: config.mail === null ? null : createSmtp(config.mail, publicUrl),
    writing: { db, secret, publicUrl, signInLink: (email) => mailedSignInLink(auth, publicUrl, email) },
    log,
  });
  const close = async () => {
    await mail.stop();
    await store.close();
  };
  return { ...store, auth, mail, close };
}
