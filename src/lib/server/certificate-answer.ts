import type { Download } from './downloads/service.ts';
import { orError } from './http.ts';
import { atPace } from './limits/pace-service.ts';

/** Answers with a certificate once it is made; nothing where nobody waits for it any more. */
export async function certificateAnswer(
  userId: string,
  signal: AbortSignal,
  make: () => Promise<Download>,
): Promise<Response> {
  try {
    const { name, type, bytes } = await orError(atPace('file', userId, make));
    // The name is plain letters, digits and dashes (downloads/names.ts).
    return new Response(bytes, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
    });
  } catch (cause) {
    if (signal.aborted && cause === signal.reason) return new Response(null, { status: 499 });
    throw cause;
  }
}
