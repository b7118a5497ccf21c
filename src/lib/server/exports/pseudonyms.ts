import { randomBytes } from 'node:crypto';

/** Random names of ten hexadecimal digits behind a letter: one for each key, and never the same for two. */
export class Pseudonyms {
  private readonly prefix: string;
  private readonly byKey = new Map<string | number, string>();
  private readonly taken = new Set<string>();

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  of(key: string | number): string {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    let name = this.draw();
    while (this.taken.has(name)) name = this.draw();
    this.taken.add(name);
    this.byKey.set(key, name);
    return name;
  }

  private draw(): string {
    return `${this.prefix}${randomBytes(5).toString('hex')}`;
  }
}
