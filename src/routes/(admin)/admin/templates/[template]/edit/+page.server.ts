import { fail, redirect } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { readForm } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as templates from '#lib/server/programmes/template-changes-service.ts';
import { readTemplate, templateValues, typedBeside } from '#lib/server/template-form.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

/** Two hundred lines with long texts in two languages. */
const MOST_BYTES = 512 * 1024;

export const load: PageServerLoad = async ({ locals, params }) => {
  const { id, status, revision, template } = await orError(
    templates.open(locals.app.db, signedIn(locals), params.template),
  );
  return {
    ...{ id, status, revision, values: templateValues(template) },
    counts: {
      ...{ sessions: template.sessions.length, assignments: template.assignments.length },
      ...{ rounds: template.rounds.length, ambitions: template.ambitions.length },
    },
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const actor = signedIn(locals);
    const { template: before } = await orError(templates.open(db, actor, params.template));
    const fields = [...(await readForm(request, MOST_BYTES))];
    const values: Record<string, string> = Object.fromEntries(
      fields.filter((field): field is [string, string] => typeof field[1] === 'string'),
    );
    const read = readTemplate(values, before);
    if ('errors' in read) return fail(400, { values, errors: read.errors });
    const revision = versionOf.parse(values['revision']);
    const refused = await orFail(templates.change(db, actor, params.template, revision, read.template), values);
    if (refused?.data.code === 'changed_meanwhile') {
      // Lines are known by their places, which are others' now: the form shows what stands there, and this what was typed.
      const { template: now } = await orError(templates.open(db, actor, params.template));
      const { code, message } = refused.data;
      return fail(refused.status, { code, message, typed: typedBeside(values, now) });
    }
    if (refused) return refused;
    redirect(303, withDone(`/admin/templates/${params.template}`));
  },
};
