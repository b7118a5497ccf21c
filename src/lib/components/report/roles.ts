/**
 * The roles that a table's parts have by themselves, until a stylesheet lays them out as a grid: some browsers then forget
 * them, so they are written out.
 */
export const ROLES = {
  table: 'table',
  group: 'rowgroup',
  row: 'row',
  cell: 'cell',
  column: 'columnheader',
  side: 'rowheader',
} as const;
