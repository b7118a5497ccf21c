import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LIMITS } from '#lib/programme/schema.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as templates from '#lib/server/programmes/template-changes-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) =>
  orError(templates.open(locals.app.db, signedIn(locals), params.template));

const named = z.object({
  key: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]+$/)
    .max(LIMITS.key),
  version: z
    .string()
    .trim()
    .regex(/^[\w.-]+$/)
    .max(LIMITS.version),
});

async function setRetired({ locals, params }: RequestEvent, isRetired: boolean) {
  const work = templates.setRetired(locals.app.db, signedIn(locals), params.template, isRetired);
  const refused = await orFail(work, {});
  if (refused) return refused;
  redirect(303, withDone(`/admin/templates/${params.template}`));
}

export const actions: Actions = {
  copy: async ({ locals, params, request }) => {
    const values = await formValues(request, ['key', 'version']);
    const parsed = named.safeParse(values);
    if (!parsed.success) {
      const fields = parsed.error.issues.map(({ path }) => [String(path[0]), m.template_fault_name()]);
      return fail(400, { values, errors: Object.fromEntries(fields) as Record<string, string> });
    }
    const id = await orFail(templates.copy(locals.app.db, signedIn(locals), params.template, parsed.data), values);
    if (typeof id !== 'string') return id;
    redirect(303, withDone(`/admin/templates/${id}/edit`));
  },
  publish: async ({ locals, params, request }) => {
    const { revision } = await formValues(request, ['revision']);
    const seen = versionOf.parse(revision);
    const refused = await orFail(templates.publish(locals.app.db, signedIn(locals), params.template, seen), {});
    if (refused) return refused;
    redirect(303, withDone(`/admin/templates/${params.template}`));
  },
  retire: (event) => setRetired(event, true),
  back: (event) => setRetired(event, false),
};
