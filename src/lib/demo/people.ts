import { NAMES } from './names-data.ts';
import { randomFor } from './random.ts';
import type { SchoolSketch } from './schools-data.ts';
import type { DemoPerson, DemoPlan, DemoSchool } from './types.ts';

/** A school's people, with the director who comes later where there is one. */
export type Staffed = { sketch: SchoolSketch; school: DemoSchool; newDirector: DemoPerson | null };

/** The people who have an account of their own; addresses of the partnership, which does not exist. */
export const STAFF: DemoPlan['staff'] = {
  trainer: { name: 'Tineke Verbeek', email: 'tineke.verbeek@rivierenrand.example' },
  admin: { name: 'Bart Hoogland', email: 'bart.hoogland@rivierenrand.example' },
  steering: { name: 'Ellen Postuma', email: 'ellen.postuma@rivierenrand.example' },
};

/** Gives every school its people; nobody is at two. Throws when there are more places than names. */
export function staffSchools(
  sketches: readonly SchoolSketch[],
  seed: number,
  stock: readonly string[] = NAMES,
): Staffed[] {
  const names = randomFor(seed, 'names').shuffled(stock).values();
  return sketches.map((sketch) => {
    const next = () => {
      const { value: name } = names.next();
      if (name === undefined) throw new Error('the demonstration has more places than names');
      return { name, email: `${addressPart(name, '.')}@${addressPart(sketch.name.split(',')[0] ?? '', '-')}.example` };
    };
    const [ib, director] = [next(), next()];
    const teachers = Array.from({ length: sketch.teachers }, next);
    const school = { name: sketch.name, brin: sketch.brin, ib, director, teachers };
    return { sketch, school, newDirector: sketch.newDirectorFrom === undefined ? null : next() };
  });
}

/** "Mehmet Yıldız" as mehmet.yildiz. */
function addressPart(text: string, between: string): string {
  const plain = text.toLowerCase().replaceAll('ı', 'i').replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '');
  return (plain.match(/[a-z]+/g) ?? []).join(between);
}
