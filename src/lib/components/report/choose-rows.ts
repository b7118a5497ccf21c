import type { GapFigure, GapRow } from '#lib/charts/figure.ts';
import { CLASSES, CLASS_WORDS, READINGS, READING_WORDS } from './choice.ts';
import type { Choice } from './choice.ts';
import type { AspectAbout, ClusterName } from './report-page.ts';

type Filter = 'reading' | 'class' | 'cluster';

/** How many aspects one more choice would leave, the other choices being as they are. */
export type Counted<T extends string> = { word: T; count: number };

/** The gap charts as chosen: with the rows that are left, and without the competencies that have none. */
export type ChosenRows = {
  figures: GapFigure[];
  shown: number;
  total: number;
  /** Aspects that any choice of this kind could leave. */
  all: Record<Filter, number>;
  readings: Counted<keyof typeof READINGS>[];
  classes: Counted<keyof typeof CLASSES>[];
  clusters: Counted<string>[];
};

type About = Readonly<Record<string, AspectAbout>>;

/** The order of the talk. */
const TALK = Object.values(READINGS);

/** Filters and sorts the rows of all gap charts; figures come in with the largest difference first. */
export function chooseRows(
  figures: readonly GapFigure[],
  about: About,
  clusters: readonly ClusterName[],
  choice: Choice,
): ChosenRows {
  const rows = figures.flatMap((figure) => figure.rows);
  // A cluster of another list chooses nothing, as any word that is not known.
  const isKnown = clusters.some(({ key }) => key === choice.cluster);
  const chosen = isKnown ? choice : { ...choice, cluster: null };
  const without = (filter: Filter) => rows.filter((row) => fits(row, about, { ...chosen, [filter]: null }));
  const left = { reading: without('reading'), class: without('class'), cluster: without('cluster') };
  const count = (within: GapRow[], fitting: (row: GapRow) => boolean) => within.filter(fitting).length;
  const kept = figures
    .map((figure) => ({
      ...figure,
      rows: sorted(
        figure.rows.filter((row) => fits(row, about, chosen)),
        about,
        chosen,
      ),
    }))
    .filter((figure) => figure.rows.length > 0);
  return {
    figures: kept,
    shown: kept.reduce((sum, figure) => sum + figure.rows.length, 0),
    total: rows.length,
    all: { reading: left.reading.length, class: left.class.length, cluster: left.cluster.length },
    readings: READING_WORDS.map((word) => ({
      word,
      count: count(left.reading, (row) => row.reading === READINGS[word]),
    })),
    classes: CLASS_WORDS.map((word) => ({ word, count: count(left.class, (row) => row.class === CLASSES[word]) })),
    clusters: clusters.map(({ key }) => ({
      word: key,
      count: count(left.cluster, (row) => about[row.code]?.cluster === key),
    })),
  };
}

function fits(row: GapRow, about: About, { reading, class: aspectClass, cluster }: Choice): boolean {
  return (
    (reading === null || row.reading === READINGS[reading]) &&
    (aspectClass === null || row.class === CLASSES[aspectClass]) &&
    (cluster === null || about[row.code]?.cluster === cluster)
  );
}

/** Sorting is stable: within a reading the largest difference stays first. */
function sorted(rows: GapRow[], about: About, { sort }: Choice): GapRow[] {
  const place = ({ code }: GapRow) => about[code]?.order ?? 0;
  if (sort === 'list') return rows.toSorted((a, b) => place(a) - place(b));
  if (sort === 'reading') return rows.toSorted((a, b) => TALK.indexOf(a.reading) - TALK.indexOf(b.reading));
  return rows;
}
