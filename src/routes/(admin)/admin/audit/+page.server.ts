import * as log from '#lib/server/audit/log-service.ts';
import { AUDIT_ACTIONS } from '#lib/server/audit/service.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import { actionText, detailText, objectText, whoText } from '#lib/text/audit.ts';
import { dayTimeText } from '#lib/text/moments.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = signedIn(locals);
  const { readDb } = locals.app;
  const { filter, before, errors } = log.readAsked(url);
  const isWrong = Object.keys(errors).length > 0;
  const page = isWrong ? { lines: [], next: null } : await orError(log.readPage(readDb, actor, filter, before));
  const { actors, cohorts } = await orError(log.choices(readDb, actor));
  return {
    filter,
    errors,
    isNewest: before === null,
    isNarrowed: Object.values(filter).some((value) => value !== ''),
    choices: { actors, cohorts, actions: AUDIT_ACTIONS.map((action) => ({ action, text: actionText(action) })) },
    // What was chosen at a line may be neither in the list of cohorts nor there any more.
    about: page.lines.find(({ object }) => object.id === filter.about)?.object.name ?? null,
    lines: page.lines.map((line) => ({
      ...{ id: line.id, at: line.at, when: dayTimeText(new Date(line.at), locals.locale), who: whoText(line) },
      ...{ what: actionText(line.action, locals.locale, line.who), about: objectText(line), details: detailText(line) },
      // A line about nothing that has a name leads nowhere.
      narrowed: line.object.name === '' ? null : `?${log.queryOf(filter, { about: line.object.id })}`,
    })),
    older: page.next === null ? null : `?${log.queryOf(filter, { before: page.next })}`,
    newest: `?${log.queryOf(filter)}`,
    file: `/admin/audit/file?${log.queryOf(filter)}`,
  };
};
