import { error, redirect } from '@sveltejs/kit';
import { pageView } from '#lib/form/page-view.ts';
import { readForm } from '#lib/server/form-values.ts';
import { PAGE_BYTES } from '#lib/server/form-input.ts';
import { orError } from '#lib/server/http.ts';
import { readLanguageChoice, setLanguage } from '#lib/server/language.ts';
import { openPreview, PREVIEW_SEED } from '#lib/server/list-preview.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { list, role, page } = await openPage(event);
  return { list, role, page, path: `/lists/${list.id}/preview/${role}` };
};

async function openPage({ locals, params }: Pick<PageServerLoadEvent, 'locals' | 'params'>) {
  const { list, role, instrument } = await orError(openPreview(locals, params));
  const page = pageView(instrument, params.page, { role, locale: locals.locale, seed: PREVIEW_SEED });
  if (!page) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { list, role, page };
}

export const actions: Actions = {
  // The buttons lead where they lead in the real form; what was filled in is let go.
  default: async (event) => {
    const { list, role, page } = await openPage(event);
    const path = `/lists/${list.id}/preview/${role}`;
    const data = await readForm(event.request, PAGE_BYTES);
    const go = data.get('go');
    const language = readLanguageChoice(data);
    if (go === 'language' && language !== null) {
      setLanguage(event.cookies, event.url, language);
      redirect(303, `${path}/${page.code}`);
    }
    if (go === 'back') redirect(303, page.previous === null ? path : `${path}/${page.previous}`);
    redirect(303, go === 'stop' || page.next === null ? `/lists/${list.id}` : `${path}/${page.next}`);
  },
};
