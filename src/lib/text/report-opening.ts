import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import type { Elevation } from '#lib/analysis/elevation.ts';
import { headlineOf } from '#lib/conversation/headline.ts';
import type { Headline } from '#lib/conversation/headline.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList } from './numbers.ts';
import type { Locale } from './numbers.ts';
import { capital, nameOf, quoted, readerOf, scoresAbout, subject } from './report-words.ts';
import type { People } from './report-words.ts';

/** What the opening speaks of. */
type OpeningFacts = {
  elevation: Elevation;
  competencies: readonly { title: string; class: CompetencyClass }[];
  /** Aspects that are seen differently: the figure of the readings. */
  differ: number;
  people: People;
  /** Every view has a score at every competency, so that "you" is all three. */
  complete: boolean;
};

/** A reader takes in this many sentences before the figures. */
const OPENING = 3;

/**
 * The sentences that open a report, at most three, the headline first: a level difference over the whole list if there
 * is one (measurement.md §4), then what is alike and what differs. The triptych below tells all of it.
 */
export function openingSentences(facts: OpeningFacts, locale: Locale): string[] {
  const level = levelSentences(facts, locale);
  const [headline, ...details] = viewSentences(facts, locale);
  if (level.length === 0) return [headline, ...details].slice(0, OPENING);
  return [...level, ...(details.length > 0 ? details : [headline])].slice(0, OPENING);
}

function levelSentences({ elevation, people }: OpeningFacts, locale: Locale): string[] {
  const sentences: string[] = [];
  const { selfDirection: self, othersDirection, basis } = elevation;
  const { teachers } = people;
  if (self === 'higher' || self === 'lower') {
    const compared = basis.map((pair) => subject(pair === 'ib_director' ? 'director' : 'teacher', people, locale));
    const others = formatList(compared, locale);
    const names = { ib: capital(nameOf(people, locale)), others, reader: readerOf(people), about: scoresAbout(people) };
    const sentence = self === 'higher' ? m.report_level_self_higher : m.report_level_self_lower;
    sentences.push(sentence(names, { locale }));
  }
  if (othersDirection === 'higher') sentences.push(m.report_level_others_higher({ teachers }, { locale }));
  if (othersDirection === 'lower') sentences.push(m.report_level_others_lower({ teachers }, { locale }));
  return sentences;
}

function viewSentences(facts: OpeningFacts, locale: Locale): [string, ...string[]] {
  const { competencies, people } = facts;
  const titles = (wanted: CompetencyClass) => {
    const found = competencies.filter((one) => one.class === wanted).map(({ title }) => quoted(title));
    if (found.length === 0) return null;
    return found.length === competencies.length ? m.report_open_all({}, { locale }) : formatList(found, locale);
  };
  const headline = headlineOf({ ...facts, classes: competencies.map((one) => one.class) });
  const sentences: [string, ...string[]] = [HEADLINES[headline]({ count: facts.differ }, { locale })];
  if (headline === 'nothing' || headline === 'single_aspects') return sentences;

  const named = { ib: nameOf(people, locale), reader: readerOf(people), about: scoresAbout(people) };
  const selfHigher = titles('blind_spot');
  if (selfHigher) sentences.push(m.report_open_self_higher({ titles: selfHigher, ...named }, { locale }));
  const hidden = titles('hidden_strength');
  if (hidden) sentences.push(m.report_open_hidden_strength({ titles: hidden, ...named }, { locale }));
  const others = titles('contested');
  if (others) sentences.push(m.report_open_others_differ({ titles: others, teachers: people.teachers }, { locale }));
  const same = titles('in_agreement');
  // Where all that was compared is alike the headline has said so.
  const isSaid = competencies.every((one) => one.class === 'in_agreement' || one.class === 'insufficient');
  if (same && !isSaid) sentences.push(m.report_open_same_where({ titles: same }, { locale }));
  const few = titles('insufficient');
  if (few) sentences.push(m.report_open_insufficient({ titles: few }, { locale }));
  return sentences;
}

const HEADLINES = {
  nothing: m.report_open_nothing,
  single_aspects: m.report_open_single,
  same: m.report_open_same,
  same_on_average: m.report_open_average,
  same_compared: m.report_open_same_compared,
  same_on_average_compared: m.report_open_average_compared,
  mostly_same: m.report_open_mostly_same,
  mixed: m.report_open_mixed,
  mixed_compared: m.report_open_mixed_compared,
  differ: m.report_open_differ,
} satisfies Record<Headline, unknown>;
