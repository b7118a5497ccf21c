import ib180 from '#lib/instrument/ib-180.json' with { type: 'json' };
import { checkInstrument } from '#lib/instrument/problems.ts';
import type { Instrument } from '#lib/instrument/schema.ts';

/** The list that comes with the product, checked like any other. Throws if its file was damaged. */
export function shippedInstrument(): Instrument {
  const checked = checkInstrument(ib180);
  if (!checked.ok) throw new Error('ib-180.json does not pass its own checks');
  return checked.instrument;
}
