import type { Line } from './table.ts';

const readers: Line = { who: ['of the programme'] };
/** Only who wrote a note changes it (tests/db/programme-notes.test.ts); this one is the steering group's. */
const writer: Line = { who: ['steering of it'] };
const note = { kind: 'comment', text: 'Nieuw', version: '1' };

/** Who may ask what of programmes and partnerships (table.ts): steering groups, and trainers of their cohorts. */
export const PROGRAMME_LINES: Record<string, Record<string, Line>> = {
  '/(steering)/programmes': { GET: { who: ['any steering', 'any trainer'] } },
  '/(steering)/programmes/[programme]': {
    GET: readers,
    'POST ?/note': { who: ['steering of it'], body: () => note },
  },
  '/(steering)/programmes/[programme]/present': { GET: readers },
  '/(steering)/programmes/[programme]/files/[file]': {
    GET: { ...readers, params: ({ programme }) => ({ programme, file: 'programme.pdf' }) },
    HEAD: { who: ['any steering', 'any trainer'] },
  },
  // A trainer reads the plan of the own cohort, and the steering group that of each.
  '/(steering)/programmes/[programme]/plan/[cohort]': {
    GET: { who: ['trainer', 'steering of it'], shows: /^mark-[ab]-(session|plan)$/ },
  },
  '/(steering)/programmes/[programme]/notes/[note]': { GET: writer, POST: { ...writer, body: () => note } },
  // Last, for it is gone then; the version is that of a note that was changed once.
  '/(steering)/programmes/[programme]/notes/[note]/remove': {
    GET: writer,
    POST: { ...writer, body: () => ({ version: '2' }) },
  },
  // --- partnerships: counts of what is within one's reach ----------------------------------------------------------
  '/(partnership)/partnerships': { GET: { who: ['any trainer', 'any steering', 'admin'] } },
  '/(partnership)/partnerships/[partnership]': { GET: { who: ['of the programme', 'admin'] } },
};
