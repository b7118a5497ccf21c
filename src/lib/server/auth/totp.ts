import { createOTP } from '@better-auth/utils/otp';
import { constantTimeEqual, generateRandomString } from 'better-auth/crypto';

/** Codes of an authenticator app (RFC 6238): six digits, a new one every half minute, counted from 1970. */

const STEP_SECONDS = 30;
/** 149 bits; 25 letters are 40 in base 32, without padding. */
const SECRET_LENGTH = 25;

/** A new secret for an app to share with the server. */
export function newSecret(): string {
  return generateRandomString(SECRET_LENGTH, 'a-z', 'A-Z', '0-9');
}

/** The address that an app reads from the QR code; it shows "Drieluik" and the account's e-mail address. */
export function setupUri(secret: string, email: string): string {
  return createOTP(secret).url('Drieluik', email);
}

/** The secret as it is typed into an app by hand: base 32 in groups of four. */
export function secretText(secret: string): string {
  const encoded = new URL(setupUri(secret, '')).searchParams.get('secret') ?? '';
  return (encoded.match(/.{1,4}/g) ?? []).join(' ');
}

/** Whether something can be a code at all: six digits, with spaces as apps show them. */
export function isWhole(code: string): boolean {
  return /^\d{6}$/.test(code.replace(/\s/g, ''));
}

/**
 * The time step that a code belongs to: the present one or a neighbour, for clocks differ (RFC 6238 §5.2).
 * @returns null for a code of none of them
 */
export async function stepOf(secret: string, code: string, now: Date): Promise<number | null> {
  const present = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
  const otp = createOTP(secret);
  const typed = code.replace(/\s/g, '');
  let found: number | null = null;
  for (const step of [present - 1, present, present + 1]) {
    if (constantTimeEqual(new TextEncoder().encode(await otp.hotp(step)), new TextEncoder().encode(typed)))
      found = step;
  }
  return found;
}
