import { betterAuth, type BetterAuthOptions, type BetterAuthPlugin } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { magicLink } from 'better-auth/plugins';
import { isHttps } from '#lib/server/config.ts';
import { shortAgent } from '#lib/text/browser-words.ts';
import type { Db } from '#lib/server/db/open.ts';
import { keyedHash } from '#lib/server/ids.ts';
import { hashedSessions } from './hashed-sessions.ts';
import { COOKIE_SECONDS } from './session-limits.ts';

/** How long a one-time sign-in link that a trainer or the operator hands over stays good. */
const LINK_DAYS = 7;
/** How long one stays good that was asked for on the sign-in page, and lies in a mailbox. */
const MAILED_MINUTES = 30;

/** Hands the token of a new sign-in link to whoever asked for it; it is never mailed or stored readable. */
type DeliverToken = (token: string) => void;

/**
 * Accounts of staff, IB'ers and directors, on the product's own database connection and tables
 * (migrations/0001): one-time links only, no sign-up, tokens hashed at rest. Its own HTTP routes are not mounted:
 * pages call `auth.api` behind our own guard.
 */
export function createAuth(db: Db, settings: { secret: string; publicUrl: string }, plugins: BetterAuthPlugin[] = []) {
  return betterAuth(authOptions(db, settings, plugins));
}

/** The options alone, so that a test can ask whether our migration gives all tables that better-auth expects. */
export function authOptions(db: Db, settings: { secret: string; publicUrl: string }, plugins: BetterAuthPlugin[] = []) {
  return {
    baseURL: settings.publicUrl,
    secret: settings.secret,
    database: { db, type: 'sqlite' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: cookiePrefix(settings.publicUrl),
      // Its own prefix is `__Secure-`, which a neighbour at the same domain may set as well; ours stands in the name.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps(settings.publicUrl) },
      ipAddress: { disableIpTracking: true },
    },
    user: { fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' } },
    session: {
      // The outermost limit; when a session is over is ours to say (session-limits.ts).
      expiresIn: COOKIE_SECONDS,
      disableSessionRefresh: true,
      additionalFields: {
        secondFactorAt: { type: 'string', required: false, input: false, fieldName: 'second_factor_at' },
      },
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    databaseHooks: {
      session: {
        create: {
          // No more than is shown: the whole text tells one device from another.
          before: ({ userAgent, ...session }) =>
            Promise.resolve({ data: { ...session, userAgent: shortAgent(userAgent ?? null) } }),
        },
      },
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    plugins: [
      magicLink({
        disableSignUp: true,
        storeToken: { type: 'custom-hasher', hash: (token) => Promise.resolve(keyedHash(settings.secret, token)) },
        expiresIn: LINK_DAYS * 86_400,
        sendMagicLink: ({ token, metadata }) => {
          const deliver: unknown = metadata?.deliver;
          if (typeof deliver === 'function') deliver(token);
        },
      }),
      hashedSessions(),
      ...plugins,
    ],
  } satisfies BetterAuthOptions;
}

/** The cookie of a session, by name. Over https a browser takes it from this very host only (`__Host-`; ASVS 5 §3.3.3). */
export function sessionCookie(publicUrl: string): string {
  return `${cookiePrefix(publicUrl)}.session_token`;
}

function cookiePrefix(publicUrl: string): string {
  return isHttps(publicUrl) ? '__Host-drieluik' : 'drieluik';
}

export type Auth = ReturnType<typeof createAuth>;

/** A new one-time sign-in link for an account, to hand over: good for seven days. @returns its address */
export async function signInLink(auth: Auth, publicUrl: string, email: string): Promise<string> {
  return `${publicUrl}/sign-in/${await signInToken(auth, email)}`;
}

/** A new one-time sign-in link for a mail that is sent now: good for half an hour. @returns its address */
export async function mailedSignInLink(auth: Auth, publicUrl: string, email: string): Promise<string> {
  const token = await signInToken(auth, email);
  const { internalAdapter, secret } = await auth.$context;
  const expiresAt = new Date(Date.now() + MAILED_MINUTES * 60_000);
  await internalAdapter.updateVerificationByIdentifier(`magic-link:${keyedHash(secret, token)}`, { expiresAt });
  return `${publicUrl}/sign-in/${token}`;
}

/** A new one-time sign-in token for an account. */
export async function signInToken(auth: Auth, email: string): Promise<string> {
  let token = '';
  const deliver: DeliverToken = (value) => (token = value);
  await auth.api.signInMagicLink({ body: { email, metadata: { deliver } }, headers: new Headers() });
  return token;
}

/** A session that has just begun. */
export type Begun = { id: string; userId: string };

/**
 * Uses a one-time link up and begins a session; better-auth sets the cookie of the current request.
 * @returns null for a link that is wrong, used or too old: nothing tells which
 */
export async function signInWith(auth: Auth, token: string, headers: Headers): Promise<Begun | null> {
  try {
    const { session } = await auth.api.magicLinkVerify({ query: { token }, headers });
    return { id: session.id, userId: session.userId };
  } catch (cause) {
    if (isAPIError(cause)) return null; // it answers a bad link with a redirect
    throw cause;
  }
}
