import { m } from '#lib/paraglide/messages.js';

/** What the fields of an aspect are called, for the fields themselves and for what is wrong with them. */
export function aspectLabels() {
  return {
    code: m.list_aspect_code(),
    other_nl: m.list_other_nl(),
    other_en: m.list_other_en(),
    self_nl: m.list_self_nl(),
    self_en: m.list_self_en(),
    explain_nl: m.list_explain_nl(),
    explain_en: m.list_explain_en(),
    roles: m.list_observable(),
  };
}
