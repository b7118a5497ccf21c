/** The element in which the value of a page that is opened stands. */
const ELEMENT = 'page-value';

/** How the framework's script asks for one, by its name in hooks.ts. */
const ASKED = "app.decode('PageValue'";

/**
 * A large value that a load gives its page, of what JSON knows. In the page's data it goes with the rest. In a page that is
 * opened (`apart`) it is made when the page's beginning is on its way, and stands once, in an element of its own: among the
 * rest the framework copies it five times, which takes a report as long as analysing its answers (bench/report).
 */
export class PageValue<Value = unknown> {
  readonly #make: (() => Promise<Value>) | null;
  #made: { value: Value } | null;
  /** Whether it is among the page's data. */
  readonly #isSent: boolean;

  private constructor(make: (() => Promise<Value>) | null, made: { value: Value } | null, isSent: boolean) {
    this.#make = make;
    this.#made = made;
    this.#isSent = isSent;
  }

  static of<Value>(value: Value): PageValue<Value> {
    return new PageValue(null, { value }, true);
  }

  /** A value that whoever makes the page has made (`made`) and puts into it (`toElement`), to be shown in a `Later`. */
  static apart<Value>(make: () => Promise<Value>): PageValue<Value> {
    return new PageValue(make, null, false);
  }

  /** A value for making the page alone, which has no script of the framework: nobody decodes it. */
  static unsent<Value>(value: Value): PageValue<Value> {
    return new PageValue(null, { value }, false);
  }

  get isMade(): boolean {
    return this.#made !== null;
  }

  /** @throws Error before it is made */
  get value(): Value {
    if (this.#made === null) throw new Error('a value of a page is used before it is made');
    return this.#made.value;
  }

  /** The value, made the first time; for one caller after another. Rejects as what makes it does. */
  async made(): Promise<Value> {
    if (this.#make !== null) this.#made ??= { value: await this.#make() };
    return this.value;
  }

  /** What the page's data says of it (hooks.ts): one text, for writing a tree of objects takes the framework as long as making a page. */
  toData(): { text: string | null } {
    return { text: this.#isSent ? JSON.stringify(this.value) : null };
  }

  static fromData({ text }: { text: string | null }): PageValue {
    return PageValue.of<unknown>(JSON.parse(text ?? document.getElementById(ELEMENT)?.textContent ?? ''));
  }

  /** Whether the framework's script of a page reads one; that of an error, which took a page's place, does not. */
  static isReadBy(script: string): boolean {
    return script.includes(ASKED);
  }

  toElement(): string {
    const text = JSON.stringify(this.value).replaceAll('<', '\\u003c');
    return `<script type="application/json" id="${ELEMENT}">${text}</script>`;
  }
}
