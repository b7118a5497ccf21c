import type { Transport } from '@sveltejs/kit';
import { PageValue } from '#lib/page/page-value.ts';

export const transport: Transport = {
  PageValue: { encode: (value) => value instanceof PageValue && value.toData(), decode: PageValue.fromData },
};
