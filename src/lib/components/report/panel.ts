import type { View } from '#lib/analysis/types.ts';

/** The classes that give a view its panel colour; the stylesheet's names. */
export const PANEL: Readonly<Record<View, 'vd' | 'vi' | 'vt'>> = { director: 'vd', ib: 'vi', teacher: 'vt' };
