import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { changeWords, roundsCaption } from '#lib/text/report-rounds.ts';
import type { ChangeStatus } from '#lib/text/report-rounds.ts';
import { viewWord } from '#lib/text/report-words.ts';
import type { People } from '#lib/text/report-words.ts';
import type { RoundsFigure, RoundsLine, Scale } from './figure.ts';

/** A view's change on a competency since an earlier round: means over the same aspects, 1–5; null unless `ok`. */
export type RoundChange = {
  view: View;
  competency: string;
  status: ChangeStatus;
  band: ChangeBand | null;
  from: number | null;
  to: number | null;
  reason?: Reason;
};

/** An earlier round, oldest first, with every change from it to this round. */
type EarlierChanges = { round: string; sameDirector: boolean; change: readonly RoundChange[] };

type RoundsFacts = {
  scale: Scale;
  /** This round's name. */
  round: string;
  earlier: readonly EarlierChanges[];
  competencies: readonly { code: string; title: string }[];
  people: People;
};

/**
 * Change since the start, a panel a competency: each view from its oldest comparable round to this one, over the aspects
 * that are shown in both (measurement.md §7). Null without an earlier round.
 */
export function roundsFigure(
  { scale, round, earlier, competencies, people }: RoundsFacts,
  locale: Locale,
): RoundsFigure | null {
  const [oldest] = earlier;
  if (!oldest) return null;
  const rounds = [...earlier.map((one) => one.round), round];
  const titles = new Map(competencies.map(({ code, title }) => [code, title]));
  const starts = competencies.flatMap(({ code }) => VIEWS.map((view) => startOf(earlier, view, code)));
  const changes = starts.flatMap((start) =>
    start ? { ...start.change, title: titles.get(start.change.competency) ?? '' } : [],
  );
  const otherDirector = earlier.filter((one) => !one.sameDirector).map((one) => one.round);
  const now = rounds.length - 1;
  const panels = competencies.map(({ code, title }) => {
    const lines = VIEWS.flatMap((view) => {
      const start = startOf(earlier, view, code);
      return start ? lineOf(start, now, locale) : [];
    });
    const label = lines.map((line) => lineLabel(line, people.teachers, locale)).join('. ');
    return { code, title, label, lines };
  });
  const isPassing = panels.some(({ lines }) => lines.some((line) => passes(line, now)));
  const caption = [
    roundsCaption(changes, oldest.round, otherDirector, people, locale),
    ...(isPassing ? [m.report_rounds_ends({}, { locale })] : []),
  ];
  return { name: 'rounds', caption: caption.join(' '), scale, rounds, panels };
}

/** Whether a line has rounds between its ends, of which it shows nothing. */
function passes({ points }: RoundsLine, now: number): boolean {
  return (points ?? []).some(({ round }) => round < now - 1);
}

type Start = { index: number; change: RoundChange };

/** The oldest round that may be compared; without one the newest, whose reason is told. */
function startOf(earlier: readonly EarlierChanges[], view: View, code: string): Start | null {
  const found = earlier.flatMap(({ change }, index): Start[] => {
    const one = change.find((candidate) => candidate.view === view && candidate.competency === code);
    return one ? [{ index, change: one }] : [];
  });
  return found.find(({ change }) => change.status === 'ok') ?? found.at(-1) ?? null;
}

function lineOf({ index, change }: Start, now: number, locale: Locale): RoundsLine {
  const { view, band, from, to, reason } = change;
  const isClear = band === 'clearly_higher' || band === 'clearly_lower';
  const line = { view, words: changeWords(change, locale), isClear };
  if (from === null || to === null) return reason ? { ...line, points: null, reason } : { ...line, points: null };
  const points = [
    { round: index, value: roundForDisplay(from) },
    { round: now, value: roundForDisplay(to) },
  ];
  return { ...line, points };
}

/** A view's change in words, with the scores then and now where they can be compared. */
export function lineLabel({ view, words, points }: RoundsLine, teachers: number, locale: Locale): string {
  const [from, to] = points ?? [];
  const name = viewWord(view, teachers, locale);
  if (!from || !to) return m.report_rounds_line({ view: name, words }, { locale });
  const values = { from: formatMean(from.value, locale), to: formatMean(to.value, locale) };
  return m.report_rounds_line_values({ view: name, words, ...values }, { locale });
}
