import { signedIn } from '#lib/server/actor.ts';
import { programmeFile } from '#lib/server/downloads/programme-service.ts';
import { orError } from '#lib/server/http.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, request }) => {
  const actor = signedIn(locals);
  const { app, locale } = locals;
  const { signal } = request;
  const asked = { programmeId: params.programme, file: params.file, now: new Date(), locale };
  try {
    const { name, type, bytes } = await orError(
      atPace('file', actor.userId, () => programmeFile(app.db, app.readDb, actor, asked, signal)),
    );
    // The name is plain letters, digits and dashes (downloads/names.ts).
    return new Response(bytes, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
    });
  } catch (cause) {
    if (signal.aborted && cause === signal.reason) return new Response(null, { status: 499 }); // nobody is there to read it
    throw cause;
  }
};

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
