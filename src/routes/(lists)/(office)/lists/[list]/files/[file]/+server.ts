import { error } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as lists from '#lib/server/instruments/lists-service.ts';
import { errorText } from '#lib/text/errors.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { instrument } = await orError(lists.get(locals.app.db, signedIn(locals), params.list));
  if (params.file !== 'list.json' || instrument === null) {
    error(404, { message: errorText('not_found'), code: 'not_found' });
  }
  const name = `${instrument.key}-${instrument.version}.json`; // both are safe in a file's name (instrument/limits.ts)
  return new Response(`${JSON.stringify(instrument, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
};
