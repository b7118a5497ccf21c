import type { Transport } from '@sveltejs/kit';
import { PageText } from '#lib/page-text.ts';

export const transport: Transport = {
  PageText: { encode: (value) => value instanceof PageText && value.toData(), decode: PageText.fromData },
};
