import { checkInstrument } from '#lib/instrument/problems.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import parentsList from '#lib/instrument/samenwerken-met-ouders.json' with { type: 'json' };
import tensionList from '#lib/instrument/samenwerken-onder-spanning.json' with { type: 'json' };
import excellent from '#lib/programme/de-excellent-communicerende-iber.json' with { type: 'json' };
import parents from '#lib/programme/samenwerken-met-ouders.json' with { type: 'json' };
import { templateSchema } from '#lib/programme/schema.ts';
import type { Template } from '#lib/programme/schema.ts';
import tension from '#lib/programme/samenwerken-onder-spanning.json' with { type: 'json' };

/** The templates that come with the product (product.md), checked like any other. Throws if a file was damaged. */
export function shippedTemplates(): Template[] {
  return [excellent, tension, parents].map((template) => templateSchema.parse(template));
}

/** The short lists that come along with two of them. Throws if a file was damaged. */
export function shippedShortLists(): Instrument[] {
  return [tensionList, parentsList].map((list) => {
    const checked = checkInstrument(list);
    if (!checked.ok) throw new Error(`the list ${list.key} does not pass its own checks`);
    return checked.instrument;
  });
}
