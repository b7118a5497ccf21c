import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import type { App } from '#lib/server/app.ts';
import { signInToken } from '#lib/server/auth/auth.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import { Authenticator } from './authenticator.ts';
import { lastCookie } from './cookie-jar.ts';

/** A browser that signs in by the services that the pages call, with its one cookie. */
export class SigningIn {
  readonly app: App;
  headers = new Headers();
  client = '192.0.2.1';

  constructor(app: App) {
    this.app = app;
  }

  /** Whom the server takes this browser for. */
  who(now = new Date(), isUse = true): ReturnType<typeof signIn.whoIs> {
    return signIn.whoIs(this.app.db, this.app.auth, this.headers, now, isUse);
  }

  async way(now = new Date()): Promise<signIn.Way> {
    const { session } = await this.who(now);
    const { auth, config } = this.app;
    return { auth, secret: config.secret, headers: this.headers, client: this.client, before: session, now };
  }

  async session(now = new Date()): Promise<signIn.Session> {
    const { session } = await this.who(now);
    if (!session) throw new Error('this browser has no session');
    return session;
  }

  /** Signs in with a new link of this account: the first step, and all of it where no more is asked. */
  async withLink(email: string): Promise<void> {
    await signIn.withLink(this.app.db, await this.way(), await signInToken(this.app.auth, email));
    this.keepNewest();
  }

  /** Sets up the second factor of the half session. @returns the app that shows its codes, and the recovery codes */
  async setUpFactor(now = new Date()): Promise<{ app: Authenticator; codes: string[] }> {
    const { db, config } = this.app;
    const session = await this.session(now);
    await signIn.beginFactor(db, await this.way(now), session);
    const setup = await secondFactor.waitingSetup(db, config, { id: session.userId, email: session.email });
    const app = new Authenticator(setup?.secret ?? '');
    const codes = await signIn.withNewFactor(db, await this.way(now), session, await app.code(now));
    this.keepNewest();
    return { app, codes };
  }

  /** Takes the cookie of the session that began last, as the browser would. @returns its token */
  keepNewest(): string {
    const cookie = lastCookie();
    this.headers = new Headers({ cookie });
    return decodeURIComponent(cookie).split('=')[1]?.split('.')[0] ?? '';
  }
}
