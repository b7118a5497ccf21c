/** The element in which the text of a page that is opened stands. */
const ELEMENT = 'page-text';

/**
 * A long text in JSON that a load gives its page. In the page's data it goes with the rest. In a page that is opened it stands
 * once and as it is, in an element of its own (`toElement`, hooks.server.ts): among the rest the framework copies it five times,
 * which takes a report as long as analysing its answers (bench/report).
 */
export class PageText {
  readonly text: string;
  private readonly isApart: boolean;

  /** `isApart`: whoever makes the page puts the element into it. */
  constructor(text: string, isApart: boolean) {
    this.text = text;
    this.isApart = isApart;
  }

  /** What the page's data says of it (hooks.ts). */
  toData(): { text: string | null } {
    return { text: this.isApart ? null : this.text };
  }

  static fromData({ text }: { text: string | null }): PageText {
    return new PageText(text ?? document.getElementById(ELEMENT)?.textContent ?? '', false);
  }

  toElement(): string {
    return `<script type="application/json" id="${ELEMENT}">${this.text.replaceAll('<', '\\u003c')}</script>`;
  }
}
