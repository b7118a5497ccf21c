import { redirect, type ActionFailure } from '@sveltejs/kit';
import { movePart } from '#lib/instrument/edit-draft.ts';
import type { PartRef } from '#lib/instrument/list-draft.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orFail, type Refusal } from '#lib/server/http.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { withDone } from '#lib/text/done.ts';
import { readTyped, type Typed } from './list-form.ts';

type Sent = { locals: App.Locals; params: { list: string }; request: Request };
type Refused = ActionFailure<Refusal<Typed>>;

/** Of a button there is nothing typed to give back. */
const NOTHING: Typed = {};

const KINDS = ['competency', 'cluster', 'aspect'] as const;

/** A part as a button names it, `aspect:C1.04`; what no page of ours sends names none. */
function partOf(text: string | undefined): PartRef {
  const [named = '', ...id] = (text ?? '').split(':');
  const kind = KINDS.find((each) => each === named) ?? 'aspect';
  return { kind, id: id.join(':') };
}

/** Moves the part that the button names up or down, and goes back to it on the page. */
export async function move({ locals, params, request }: Sent, page: string): Promise<Refused> {
  const { values, revision } = await readTyped(request);
  const part = partOf(values['up'] ?? values['down']);
  const by = values['up'] === undefined ? 1 : -1;
  const moved = drafts.change(
    ...([locals.app.db, signedIn(locals), params.list, revision] as const),
    (draft) => movePart(draft, part, by),
    part.id,
  );
  const refused = await orFail(moved, NOTHING);
  if (refused) return refused;
  redirect(303, withDone(`${page}#${part.kind}-${part.id}`, 'part_moved'));
}

/** Takes the part out that the button names. */
export async function takeOut({ locals, params, request }: Sent, page: string): Promise<Refused> {
  const { values, revision } = await readTyped(request);
  const part = partOf(values['part']);
  const out = drafts.removePart(locals.app.db, signedIn(locals), params.list, revision, part);
  const refused = await orFail(out, NOTHING);
  if (refused) return refused;
  redirect(303, withDone(page, 'taken_out'));
}

/** Puts a part back that was taken out. */
export async function putBack({ locals, params, request }: Sent, page: string): Promise<Refused> {
  const { values, revision } = await readTyped(request);
  const back = drafts.putBack(locals.app.db, signedIn(locals), params.list, revision, values['removed'] ?? '');
  const refused = await orFail(back, NOTHING);
  if (refused) return refused;
  redirect(303, withDone(page, 'put_back'));
}
