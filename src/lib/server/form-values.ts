import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import { errorText } from '#lib/text/errors.ts';

/** The body of a form. A body that is none becomes an error page: 400, invalid_body. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (cause) {
    // The framework breaks off a body that is too large; its own error has the status for that.
    if (cause instanceof Error && 'status' in cause) throw cause;
    error(statusOf('invalid_body'), { message: errorText('invalid_body'), code: 'invalid_body' });
  }
}

/**
 * The texts that were sent in these fields, to check and to give back to the page: a field that was not sent, or that
 * holds a file, is not there.
 */
export async function formValues<N extends string>(
  request: Request,
  names: readonly N[],
): Promise<Partial<Record<N, string>>> {
  const data = await readForm(request);
  const values: Partial<Record<N, string>> = {};
  for (const name of names) {
    const value = data.get(name);
    if (typeof value === 'string') values[name] = value;
  }
  return values;
}
