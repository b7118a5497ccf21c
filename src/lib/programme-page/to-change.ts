import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { courseCell, rangeOf } from '#lib/charts/course-figure.ts';
import type { CourseCell, CourseRow } from '#lib/charts/course-figure.ts';
import type { ChangeLine, ChangePart } from '#lib/components/programme/programme-page.ts';
import type { CourseReason } from '#lib/disclosure/cohort-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { SinceStart } from '#lib/server/reports/service.ts';
import { groupWord } from '#lib/text/cohort-words.ts';
import { formatDifference, type Locale } from '#lib/text/numbers.ts';
import { rowWord, type SaidChange } from '#lib/text/programme-words.ts';
import { columnWord, quoted } from '#lib/text/report-words.ts';
import { courseReasonWord, intervalText, withheld } from './reasons.ts';

type Change = SinceStart['changes'][number];

/** Over schools there are always more teachers than one. */
const MANY = 2;
/** The competencies of which less of the first and more of the second is aimed at, by their keys in the list. */
const BALANCED = ['advising-teachers', 'coaching-teachers'];

/** The changes of a round, each with the title of its competency. */
export function saidChanges({ changes }: SinceStart, { instrument }: CohortCourse, locale: Locale): SaidChange[] {
  const titles = new Map(instrument?.competencies.map(({ code, title }) => [code, title[locale]]));
  return changes.map((change) => ({ ...change, title: titles.get(change.competency) ?? change.competency }));
}

/** Change since the start by competency and view, up to the latest round. */
export function changePart(course: CohortCourse, latest: SinceStart, locale: Locale): ChangePart {
  const said = saidChanges(latest, course, locale);
  const rows = [...Map.groupBy(said, ({ competency }) => competency)].map(([code, own]): CourseRow => ({
    code,
    title: own[0]?.title ?? code,
    word: rowWord(own, locale),
    cells: VIEWS.map((view) => cellOf(course, latest, { view, competency: code }, locale)),
  }));
  const rounds = [latest.from, ...course.sinceStart.map(({ to }) => to)];
  const bands = bandsSentence(latest, said, locale);
  return {
    figure: {
      name: 'change',
      caption: [m.programme_growth_caption({ from: latest.from, to: latest.to }, { locale }), ...bands].join(' '),
      rounds,
      range: rangeOf(rows.flatMap(({ cells }) => cells)),
      rows,
    },
    lines: rows.flatMap((row) => linesOf(course, row, locale)),
    notes: [
      m.programme_growth_scale({ rounds: rounds.join(', ') }, { locale }),
      ...(latest.apart === 0 ? [] : [m.programme_apart({ count: latest.apart }, { locale })]),
    ],
  };
}

/** Whether its list has the two competencies that are balanced. */
export const hasBalance = ({ instrument }: CohortCourse) =>
  BALANCED.every((key) => instrument?.competencies.some((competency) => competency.key === key));

type Place = { view: View; competency: string };

function find({ changes }: SinceStart, { view, competency }: Place): Change | undefined {
  return changes.find((one) => one.view === view && one.competency === competency);
}

function cellOf(course: CohortCourse, latest: SinceStart, place: Place, locale: Locale): CourseCell {
  const given = course.sinceStart.map((since) => {
    const { change = null, low = null, high = null } = find(since, place) ?? {};
    return { round: since.to, change, low, high };
  });
  const reason = reasonOf(find(latest, place));
  const words = reason === 'not_visible_for_role' ? wordsOfRole(locale) : courseReasonWord(reason, locale);
  return courseCell(place.view, given, { reason, words }, locale);
}

/** A view that mostly cannot see a competency is no shortage of schools (rules.md, Answers). */
function reasonOf(figure: Change | undefined): CourseReason | 'not_visible_for_role' {
  const { not_visible_for_role: unseen = 0, ...others } = figure?.dropped ?? {};
  const isMost = Object.values(others).every((count) => count < unseen);
  if (figure?.reason === 'too_few_schools' && unseen > 0 && isMost) return 'not_visible_for_role';
  return figure?.reason ?? 'too_few_schools';
}

const wordsOfRole = (locale: Locale) => m.report_reason_not_visible({}, { locale });

/** Where the most schools rose clearly, if anywhere two did. */
function bandsSentence(latest: SinceStart, said: readonly SaidChange[], locale: Locale): string[] {
  const [most] = latest.changes
    .flatMap(({ view, competency, n, bands }) => (bands ? [{ view, competency, n, count: bands.clearly_higher }] : []))
    .toSorted((one, other) => other.count - one.count);
  if (!most || most.count < LEAST_RISING) return [];
  const { view, competency, n, count } = most;
  const title = said.find((one) => one.competency === competency)?.title ?? competency;
  const words = { competency: quoted(title), who: groupWord(view, locale), count, n };
  return [m.programme_growth_bands(words, { locale })];
}

const LEAST_RISING = 2;

function linesOf(course: CohortCourse, { code, title }: CourseRow, locale: Locale): ChangeLine[] {
  return VIEWS.flatMap((view) =>
    course.sinceStart.flatMap((since): ChangeLine[] => {
      const figure = find(since, { view, competency: code });
      if (!figure) return [];
      const { change, bands, n, gAv, reason } = figure;
      const of = (count: number | undefined) =>
        count === undefined ? '' : m.programme_in_schools({ count, n }, { locale });
      return [
        {
          ...{ competency: title, view: columnWord(view, MANY, locale), round: since.to },
          change: change === null ? withheld(reason, locale) : { text: formatDifference(change, locale) },
          interval: figure.status === 'ok' ? intervalText(figure, locale) : '',
          g: gAv === null ? '' : formatDifference(gAv, locale),
          n: change === null ? '' : String(n),
          higher: of(bands?.clearly_higher),
          lower: of(bands?.clearly_lower),
        },
      ];
    }),
  );
}
