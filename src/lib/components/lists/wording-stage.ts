import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { dayText } from '#lib/text/dates.ts';

/** How far a proposal for another wording has come (server/wording/stage.ts). */
type Stage =
  | { kind: 'open' | 'declined' }
  | { kind: 'taken'; version: string }
  | { kind: 'published'; version: string; publishedAt: string; asks: 'proposed' | 'other' | 'nothing' };

/** The same in words, for the trainer who proposed it. */
export function stageText(stage: Stage): string {
  switch (stage.kind) {
    case 'open':
      return m.wording_open();
    case 'declined':
      return m.wording_declined();
    case 'taken':
      return m.wording_taken(stage);
    case 'published':
      if (stage.asks === 'other') return m.wording_in_version_other(stage);
      if (stage.asks === 'nothing') return m.wording_in_version_gone(stage);
      return m.wording_in_version({ version: stage.version, date: dayText(stage.publishedAt, getLocale()) });
  }
}
