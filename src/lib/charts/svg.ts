/** The few strings that SVG needs. Attributes that are undefined are left out; texts come escaped from `escapeXml`. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children, which are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? short(value) : escapeXml(value)}"`],
  );
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}

/** Nearly every attribute: one look at it spares six replacements, some thousand times a report. */
const PLAIN = /^[\w #%.:()-]*$/;

/** Text between tags or in an attribute; what XML cannot hold at all (control characters) is left out. */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A length as short as it can be, to a hundredth. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Where value v of the scale lies from left to right, as a share of the width: 10 + (v − 1) × 20 %, as on the form. */
export function across(value: number): number {
  return 0.1 + (value - 1) * 0.2;
}

export function percent(share: number): string {
  return `${short(share * 100)}%`;
}
