import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { workbookOf } from '#lib/server/downloads/service.ts';
import { sheetsOf, type FormData, type PersonalData } from '#lib/server/personal-data/service.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Locale } from '#lib/text/numbers.ts';

/** The files of somebody's own data, by the last part of their address. */
const TYPES = {
  'my-data.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'my-data.json': 'application/json; charset=utf-8',
} as const;

const isFile = (file: string): file is keyof typeof TYPES => Object.hasOwn(TYPES, file);

/** Answers with one of the files; `read` is asked only for a file that there is. */
export async function ownDataFile(
  file: string,
  locale: Locale,
  read: () => Promise<PersonalData | FormData>,
): Promise<Response> {
  if (!isFile(file)) error(statusOf('not_found'), { message: errorText('not_found'), code: 'not_found' });
  const data = await read();
  const isJson = file === 'my-data.json';
  const body = isJson ? JSON.stringify(data, null, 2) : await workbookOf(sheetsOf(data, locale));
  const name = `${m.own_data_file({}, { locale })}${isJson ? '.json' : '.xlsx'}`;
  return new Response(body, {
    headers: { 'content-type': TYPES[file], 'content-disposition': `attachment; filename="${name}"` },
  });
}
