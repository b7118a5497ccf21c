import type { Instrument } from '#lib/instrument/schema.ts';

/** A list to choose aspects from, in one language. */
export type ChoiceList = {
  code: string;
  title: string;
  clusters: { key: string; title: string; aspects: { code: string; text: string }[] }[];
}[];

/** The whole of a list, to choose from. */
export function toChoice(list: Instrument, locale: 'nl' | 'en'): ChoiceList {
  return list.competencies.map(({ code, title, clusters }) => ({
    ...{ code, title: title[locale] },
    clusters: clusters.map((cluster) => ({
      ...{ key: cluster.key, title: cluster.title[locale] },
      aspects: cluster.aspects.map((aspect) => ({ code: aspect.code, text: aspect.other[locale] })),
    })),
  }));
}

/** The aspects of a list that were chosen, without what is empty then. */
export function onlyChosen(list: ChoiceList, chosen: readonly string[]): ChoiceList {
  const asked = new Set(chosen);
  return list.flatMap((competency) => {
    const clusters = competency.clusters.flatMap((cluster) => {
      const aspects = cluster.aspects.filter(({ code }) => asked.has(code));
      return aspects.length === 0 ? [] : [{ ...cluster, aspects }];
    });
    return clusters.length === 0 ? [] : [{ ...competency, clusters }];
  });
}
