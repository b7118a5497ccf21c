import type { UserActor } from '#lib/permissions.ts';
import type { ErrorCode } from '#lib/errors.ts';
import type { Session } from '#lib/server/accounts/sign-in-service.ts';
import type { PageValue } from '#lib/page/page-value.ts';
import type { PutOff } from '#lib/page/put-off.ts';
import type { App as RunningApp } from '#lib/server/app.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** The rule that refused, if one did. */
      code?: ErrorCode;
      /** Where to find the cause in the log, for an unexpected error. */
      id?: string;
    }
    interface Locals {
      app: RunningApp;
      /** Who is signed in; null for visitors and raters, and until the second factor is given. */
      actor: UserActor | null;
      /** The session of this browser; it may be half (`standing`), and then stands for nobody. */
      session: Session | null;
      locale: 'nl' | 'en';
      /** When whoever asked too often may try again, once that was refused. */
      retryAt?: Date;
      /** What stands in the page apart from its data. */
      pageValue?: PageValue;
      /** What of the page is made when what comes before it is on its way. */
      putOff: PutOff[];
    }
  }
}

export {};
