import type { RequestEvent } from '@sveltejs/kit';
import { PageValue } from '#lib/page/page-value.ts';

/** A large value of the page that is asked for: apart in one that is opened, among the data of one that asks for those. */
export async function pageValue<Value>(
  { locals, isDataRequest }: Pick<RequestEvent, 'locals' | 'isDataRequest'>,
  make: () => Promise<Value>,
): Promise<PageValue<Value>> {
  if (isDataRequest) return PageValue.of(await make());
  const value = PageValue.apart(make);
  locals.pageValue = value;
  return value;
}
