import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import * as log from '#lib/server/audit/log-service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import { streamOf } from '#lib/server/stream-of.ts';
import { m } from '#lib/paraglide/messages.js';
import { actionText, detailText, objectText, whoText } from '#lib/text/audit.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { RequestHandler } from './$types';

/** The choice of the page as CSV, line after line as they are read. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { db, readDb } = locals.app;
  const { filter, errors } = log.readAsked(url);
  if (Object.keys(errors).length > 0) {
    error(statusOf('invalid_body'), { message: errorText('invalid_body'), code: 'invalid_body' });
  }
  const pieces = await orError(log.writeFile(db, readDb, signedIn(locals), filter, wordsIn(locals.locale)));
  return new Response(streamOf(pieces), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${m.log_file_name()}.csv"`,
    },
  });
};

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });

/** The file is written after the request was answered, when its language is no longer at hand. */
function wordsIn(locale: Locale): log.FileWords {
  return {
    // As a Dutch spreadsheet reads a CSV file (decision 50).
    delimiter: locale === 'nl' ? ';' : ',',
    header: [
      ...[m.log_column_at(), m.log_column_who(), m.log_column_what(), m.log_column_about(), m.log_column_details()],
      ...[m.log_column_action(), m.log_column_type(), m.log_column_id()],
    ],
    who: (line) => whoText(line, locale),
    action: ({ action, who }) => actionText(action, locale, who),
    object: (line) => objectText(line, locale),
    details: (line) => detailText(line, locale),
  };
}
