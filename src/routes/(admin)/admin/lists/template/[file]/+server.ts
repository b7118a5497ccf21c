import { error } from '@sveltejs/kit';
import { templateFile, templateName } from '#lib/server/instruments/upload-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { errorText } from '#lib/text/errors.ts';
import type { RequestHandler } from './$types';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export const GET: RequestHandler = async ({ params }) => {
  const name = templateName(params.file);
  if (!name) error(404, { message: errorText('not_found'), code: 'not_found' });
  const end = name.endsWith('.csv') ? 'csv' : 'xlsx';
  return new Response(await templateFile(name, getLocale()), {
    headers: {
      'content-type': TYPES[end],
      'content-disposition': `attachment; filename="${m.list_import_template_name()}.${end}"`,
    },
  });
};
