import { error } from '@sveltejs/kit';
import * as downloads from '#lib/server/downloads/service.ts';
import { orError } from '#lib/server/http.ts';
import { errorText } from '#lib/text/errors.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { actor, app, locale } = locals;
  if (actor === null) error(404, { message: errorText('not_found'), code: 'not_found' });
  const { name, type, bytes } = await orError(
    downloads.reportFile(app.db, app.readDb, actor, params.schoolRound, params.file, locale),
  );
  // The name is plain letters, digits and dashes (downloads/names.ts).
  return new Response(bytes, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
};
