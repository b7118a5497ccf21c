import { InvalidArgumentError } from 'commander';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Store } from '#lib/server/store.ts';
import { Refused } from './refused.ts';

/** Reads KEY@VERSION. Throws commander's error, which names the option. */
export function parseList(text: string): { key: string; version: string } {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) throw new InvalidArgumentError('Write it as KEY@VERSION.');
  return { key: text.slice(0, at), version: text.slice(at + 1) };
}

/** The cohort of that name. @throws Refused when there is none */
export async function cohortNamed(store: Store, name: string): Promise<cohorts.Cohort> {
  const cohort = await cohorts.findByName(store.readDb, name);
  if (!cohort) throw new Refused(`There is no cohort “${name}”.`);
  return cohort;
}
