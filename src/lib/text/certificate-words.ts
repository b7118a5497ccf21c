import { m } from '#lib/paraglide/messages.js';

/** What the link to a certificate of attendance says it is, as the certificate's own title does. */
export function certificateLinkText(kind: 'whole' | 'part' | 'so_far'): string {
  return { whole: m.certificate_link, part: m.certificate_link_part, so_far: m.certificate_link_so_far }[kind]();
}
