import { z } from 'zod';
import { isSafeCode, LIMITS } from '#lib/instrument/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import { readForm } from './form-values.ts';

/** The boxes of the aspects, and the other fields that the page asks for. */
export type PulseForm = { aspects: string[]; values: Record<string, string> };

const codes = z.array(z.string().max(LIMITS.code).refine(isSafeCode)).max(LIMITS.aspects * LIMITS.competencies);

/** The form of a pulse as it was sent; a code that no list can have is as if it were not ticked. */
export async function readPulseForm(request: Request, names: readonly string[] = []): Promise<PulseForm> {
  const data = await readForm(request);
  const read = codes.safeParse(data.getAll('aspect'));
  const values = names.flatMap((name) => {
    const value = data.get(name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { aspects: read.success ? [...new Set(read.data)] : [], values: Object.fromEntries(values) };
}

/** What is wrong with the choice, at its place in the page; nothing: it may be stored. */
export function choiceFaults(aspects: readonly string[]): Record<string, string> {
  return aspects.length === 0 ? { aspects: m.pulse_choose_one() } : {};
}
