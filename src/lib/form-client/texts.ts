/** Texts in the reader's language: the server writes them into the page as templates (FormTexts.svelte). */

/**
 * A text of this page, with its icon if it has one.
 * @param values take the place of `{name}` in the text
 * @throws Error when the page has no such text
 */
export function say(name: string, values: Record<string, string | number> = {}): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-text="${name}"]`);
  if (!template) throw new Error(`the page has no text "${name}"`);
  const text = document.importNode(template.content, true);
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.nodeValue = (node.nodeValue ?? '').replace(/\{(\w+)\}/g, (all, key: string) => String(values[key] ?? all));
  }
  return text;
}

/** The same without its icon. */
export function sayText(name: string, values: Record<string, string | number> = {}): string {
  return (say(name, values).textContent ?? '').trim();
}
