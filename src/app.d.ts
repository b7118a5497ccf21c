import type { UserActor } from '#lib/permissions.ts';
import type { ErrorCode } from '#lib/errors.ts';
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
      /** Who is signed in; null for visitors and raters. */
      actor: UserActor | null;
      locale: 'nl' | 'en';
    }
  }
}

export {};
