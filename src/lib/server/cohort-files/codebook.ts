import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { REASONS } from '#lib/disclosure/reason.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Localized } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { DROPPED_REASONS, droppedWord } from '#lib/text/compare-words.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { classWord, readingWord } from '#lib/text/report-words.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import type { FIGURES } from './columns.ts';
import { COLUMNS, fileClass, listName } from './columns.ts';

/** A round as the codebook names it: `constants` is the version of the rules that its figures were made with. */
export type RoundMade = { name: string; constants: string; instrument: Instrument };

type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

/**
 * What each column of the files, and each word in it, means, in both languages; with the texts of every list that the rounds
 * were held with. In the order of COLUMNS.codebook.
 */
export function codebookRows(rounds: readonly RoundMade[]): Row[] {
  const lists = new Map(rounds.map(({ instrument }) => [listName(instrument), instrument]));
  const columns = new Set([...COLUMNS.figures, ...COLUMNS.schools]);
  return [...columns].flatMap((column) => [
    [column, '', '', ...both(LABELS[column]), '', ''],
    ...Object.entries(WORDS[column] ?? {}).map(([value, text]): Row => [column, '', value, ...both(text), '', '']),
    ...(column === 'round' ? rounds.map(roundRow) : []),
    ...[...lists].flatMap(([list, instrument]) => listRows(column, list, instrument)),
  ]);
}

function roundRow({ name, constants, instrument }: RoundMade): Row {
  const made = { list: listName(instrument), constants };
  const text = (locale: Locale) => m.export_round_made(made, { locale });
  return ['round', '', name, text('nl'), text('en'), '', ''];
}

/** Of the columns whose words are those of a list. */
function listRows(column: string, list: string, { title, scale, competencies }: Instrument): Row[] {
  const row = (value: string | number, { nl, en }: Localized, competency = '', cluster = ''): Row => [
    ...[column, list, value, nl, en, competency, cluster],
  ];
  if (column === 'list') return [row(list, title)];
  if (column === 'score') return scale.labels.map((label) => row(label.value, label));
  if (column === 'competency') return competencies.map((one) => row(one.code, one.title));
  const clusters = competencies.flatMap(({ code, clusters: own }) => own.map((one) => ({ competency: code, ...one })));
  if (column === 'cluster') return clusters.map((one) => row(one.key, one.title, one.competency));
  if (column !== 'aspect') return [];
  return clusters.flatMap(({ competency, key, aspects }) =>
    aspects.map((one) => row(one.code, one.other, competency, key)),
  );
}

function both(text: Message): [string, string] {
  return [text({}, { locale: 'nl' }), text({}, { locale: 'en' })];
}

const LABELS: Readonly<Record<(typeof COLUMNS)['figures' | 'schools'][number], Message>> = {
  cohort: m.export_col_cohort,
  round: m.export_col_round,
  list: m.export_col_list,
  school: m.export_col_school,
  level: m.export_col_level,
  competency: m.export_col_competency,
  cluster: m.export_col_cluster,
  aspect: m.export_col_aspect,
  view: m.export_col_view,
  figure: m.export_col_figure,
  value: m.export_col_value,
  low: m.export_col_low,
  high: m.export_col_high,
  n: m.export_col_n,
  schools: m.export_col_schools,
  flagged: m.export_col_flagged,
  reason: m.export_col_reason,
  since: m.export_col_since,
  score: m.export_col_score,
  class: m.export_col_class,
  reading: m.export_col_reading,
};

const VIEW_WORDS = {
  director: m.export_view_director,
  ib: m.export_view_ib,
  teacher: m.export_view_teacher,
  ib_director: m.export_view_ib_director,
  ib_teacher: m.export_view_ib_teacher,
  director_teacher: m.export_view_director_teacher,
} satisfies Record<View | Pair, Message>;

const FIGURE_WORDS: Readonly<Record<(typeof FIGURES)[number], Message>> = {
  mean: m.export_figure_mean,
  gap: m.export_figure_gap,
  gap_size: m.export_figure_gap_size,
  gap_large: m.export_figure_gap_large,
  'reading.check_meaning': m.export_figure_reading_check_meaning,
  'reading.not_observed': m.export_figure_reading_not_observed,
  'reading.seen_differently': m.export_figure_reading_seen_differently,
  'reading.insufficient': m.export_figure_reading_insufficient,
  'reading.shared_view': m.export_figure_reading_shared_view,
  unclear: m.export_figure_unclear,
  cannot_judge: m.export_figure_cannot_judge,
  noise: m.export_figure_noise,
  change: m.export_figure_change,
  change_g: m.export_figure_change_g,
  earlier_stayed: m.export_figure_earlier_stayed,
  earlier_left: m.export_figure_earlier_left,
};

const DROPPED_WORDS = Object.fromEntries(
  DROPPED_REASONS.map((reason): [string, Message] => [
    `dropped.${reason}`,
    (_, { locale }) => m.export_figure_dropped({ why: droppedWord(reason, locale) }, { locale }),
  ]),
);

const REASON_WORDS: Readonly<Record<(typeof REASONS)[number], Message>> = {
  not_judged: m.export_reason_not_judged,
  too_few_judged: m.export_reason_too_few_judged,
  hidden_cells: m.export_reason_hidden_cells,
  view_hidden: m.export_reason_view_hidden,
  consent: m.export_reason_consent,
  other_not_submitted: m.export_reason_other_not_submitted,
  erased: m.export_reason_erased,
  not_visible_for_role: m.export_reason_not_visible_for_role,
  not_asked: m.export_reason_not_asked,
  too_few_schools: m.export_reason_too_few_schools,
};

const CLASSES = [
  ...['contested', 'blind_spot', 'hidden_strength', 'shared_strength', 'shared_growth', 'in_agreement'],
  'insufficient',
] as const satisfies readonly AspectClass[];
const READINGS = [
  ...['check_meaning', 'not_observed', 'seen_differently', 'shared_view', 'insufficient'],
] as const satisfies readonly Reading[];

/** Teachers in the words of a class: more than one. */
const SEVERAL = 3;

const WORDS: Readonly<Partial<Record<string, Readonly<Record<string, Message>>>>> = {
  level: { competency: m.export_level_competency, aspect: m.export_level_aspect },
  view: VIEW_WORDS,
  figure: { ...FIGURE_WORDS, ...DROPPED_WORDS },
  reason: REASON_WORDS,
  class: Object.fromEntries(
    CLASSES.map((word): [string, Message] => [fileClass(word), (_, { locale }) => classWord(word, SEVERAL, locale)]),
  ),
  reading: Object.fromEntries(
    READINGS.map((word): [string, Message] => [word, (_, { locale }) => readingWord(word, locale)]),
  ),
};
