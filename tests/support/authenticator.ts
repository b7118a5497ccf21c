import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

const STEP_SECONDS = 30;

/** An app that shows codes. A server takes each once, and those of the steps beside the present one: three at a time. */
export class Authenticator {
  readonly #secret: string;
  #lastStep = 0;

  /** @param secret as it is typed into an app: base 32, in groups */
  constructor(secret: string) {
    this.#secret = new TextDecoder().decode(base32.decode(secret.replace(/\s/g, '')));
  }

  /** The earliest code that was not given yet. */
  async code(now = new Date()): Promise<string> {
    const present = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
    this.#lastStep = Math.max(present - 1, this.#lastStep + 1);
    if (this.#lastStep > present + 1) throw new Error('three codes were given within a minute: wait for the next');
    return createOTP(this.#secret).hotp(this.#lastStep);
  }
}
