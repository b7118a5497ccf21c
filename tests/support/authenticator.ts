import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

const STEP_SECONDS = 30;

/** An app that shows codes. A server takes each once, and those of the steps beside the present one: three at a time. */
export class Authenticator {
  readonly #secret: string;
  readonly #earliest: number;
  #lastStep = 0;

  /**
   * @param secret as it is typed into an app: base 32, in groups
   * @param earliest where codes begin, in steps from the present one: -1 gives three at a time, of which the first may
   *   run out at any moment; 0 gives two, each good for half a minute at least, as a browser needs
   */
  constructor(secret: string, earliest: -1 | 0 = -1) {
    this.#earliest = earliest;
    this.#secret = new TextDecoder().decode(base32.decode(secret.replace(/\s/g, '')));
  }

  /** The earliest code that was not given yet. */
  async code(now = new Date()): Promise<string> {
    const present = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
    this.#lastStep = Math.max(present + this.#earliest, this.#lastStep + 1);
    if (this.#lastStep > present + 1) throw new Error('too many codes were given within a minute: wait for the next');
    return createOTP(this.#secret).hotp(this.#lastStep);
  }
}
