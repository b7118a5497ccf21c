import { isAboutTogether } from '#lib/instrument/aspects.ts';
import { competencyOrder } from '#lib/form/page-view.ts';
import { orError } from '#lib/server/http.ts';
import { openPreview, PREVIEW_SEED } from '#lib/server/list-preview.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { list, instrument, role } = await orError(openPreview(locals, params));
  const [first = ''] = competencyOrder(instrument, PREVIEW_SEED);
  const intro = instrument.roles.find(({ key }) => key === role)?.intro[locals.locale] ?? null;
  return {
    list,
    role,
    intro,
    isTogether: isAboutTogether(instrument),
    first: `/lists/${list.id}/preview/${role}/${first}`,
  };
};
