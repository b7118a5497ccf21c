import type { Line } from './table.ts';

const sends = (who: Line['who'], body: NonNullable<Line['body']>): Line => ({ who, body });
const admin: Line = { who: ['admin'] };
const lists: Line = { who: ['any trainer', 'admin'] };
const trainer: Line = { who: ['trainer'] };
const closed = (line: Line): Line => ({ ...line, params: ({ closed: round }) => ({ round }) });
const ofDraft = (line: Line): Line => ({
  ...line,
  params: ({ draftList: list }) => ({ list }),
});

const LIST = {
  ...{ key: 'ingelezen', version: '1' },
  text: `competency,competency_title,cluster,cluster_title,code,text_other,text_self
A,Titel,A1,Titel,A.01,De IB’er luistert.,Ik luister.`,
};

/** Who may ask what about lists (table.ts): product.md has making them as the administrator's. */
export const LIST_LINES: Record<string, Record<string, Line>> = {
  // --- lists: whoever may choose one, and whoever makes them -------------------------------------------------------
  '/(lists)/(office)/lists': { GET: lists },
  '/(lists)/(office)/lists/[list]': { GET: lists },
  '/(lists)/(office)/lists/[list]/files/[file]': {
    GET: { ...lists, params: () => ({ file: 'list.json' }) },
  },
  '/(lists)/(form)/lists/[list]/preview/[role]': { GET: lists },
  // It leads on, and stores nothing.
  '/(lists)/(form)/lists/[list]/preview/[role]/[page]': {
    GET: lists,
    POST: lists,
  },

  // --- other wordings: a trainer's, of a closed round
  '/(trainer)/rounds/[round]/wording': { GET: closed(trainer) },
  '/(trainer)/rounds/[round]/wording/[aspect]': {
    GET: closed(trainer),
    'POST ?/save': closed({
      ...trainer,
      body: () => ({ other_nl: 'De IB’er vraagt.', self_nl: 'Ik vraag.', reason: 'Korter.' }),
    }),
    'POST ?/withdraw': closed({ ...trainer, body: () => ({ proposal: 'none', seen: '1' }) }),
  },

  // --- making them: the administrator's
  '/(admin)/admin/lists': { GET: admin },
  '/(admin)/admin/lists/new': {
    GET: admin,
    POST: sends(['admin'], () => ({ key: 'nieuw', version: '1', title_nl: 'Nieuw' })),
  },
  '/(admin)/admin/lists/import': {
    GET: admin,
    'POST ?/preview': sends(['admin'], () => LIST),
    'POST ?/add': sends(['admin'], () => LIST),
  },
  '/(admin)/admin/lists/template/[file]': { GET: { ...admin, params: () => ({ file: 'example.csv' }) } },
  '/(admin)/admin/lists/[list]': {
    GET: ofDraft(admin),
    'POST ?/move': ofDraft(sends(['admin'], () => ({ revision: '1', down: 'competency:C1' }))),
    'POST ?/takeOut': ofDraft(sends(['admin'], () => ({ revision: '2', part: 'aspect:C4.01' }))),
    'POST ?/putBack': ofDraft(sends(['admin'], () => ({ revision: '3', removed: 'none' }))),
    'POST ?/add': ofDraft(sends(['admin'], () => ({ revision: '3', code: 'C9', title_nl: 'Nieuw' }))),
    'POST ?/back': admin,
  },
  '/(admin)/admin/lists/[list]/details': {
    GET: ofDraft(admin),
    POST: ofDraft(sends(['admin'], () => ({ revision: '4', version: '1', title_nl: 'Anders' }))),
  },
  '/(admin)/admin/lists/[list]/competencies/[competency]': {
    GET: ofDraft(admin),
    'POST ?/move': ofDraft(sends(['admin'], () => ({ revision: '5', down: 'aspect:C1.01' }))),
    'POST ?/takeOut': ofDraft(sends(['admin'], () => ({ revision: '6', part: 'aspect:C4.02' }))),
    'POST ?/save': ofDraft(sends(['admin'], () => ({ revision: '7', code: 'C1', title_nl: 'Anders' }))),
    'POST ?/addCluster': ofDraft(sends(['admin'], () => ({ revision: '8', title_nl: 'Nieuw' }))),
  },
  '/(admin)/admin/lists/[list]/clusters/[cluster]': {
    GET: ofDraft(admin),
    'POST ?/save': ofDraft(sends(['admin'], () => ({ revision: '9', title_nl: 'Anders' }))),
    'POST ?/add': ofDraft(
      sends(['admin'], () => ({ revision: '10', code: 'C1.90', other_nl: 'De IB’er', self_nl: 'Ik', roles: 'ib' })),
    ),
  },
  '/(admin)/admin/lists/[list]/aspects/[aspect]': {
    GET: ofDraft(admin),
    POST: ofDraft(
      sends(['admin'], () => ({
        ...{ revision: '11', code: 'C1.01', other_nl: 'De IB’er', self_nl: 'Ik', roles: 'ib' },
        cluster: 'c1-contact',
      })),
    ),
  },
  '/(admin)/admin/lists/[list]/wording': {
    GET: ofDraft(admin),
    'POST ?/take': ofDraft(sends(['admin'], () => ({ revision: '12', proposal: 'none', seen: '1' }))),
    'POST ?/decline': ofDraft(sends(['admin'], () => ({ proposal: 'none', seen: '1' }))),
  },
  '/(admin)/admin/lists/[list]/publish': {
    GET: ofDraft(admin),
    POST: ofDraft(sends(['admin'], () => ({ revision: '1' }))),
  },
  '/(admin)/admin/lists/[list]/remove': {
    GET: ofDraft(admin),
    POST: ofDraft(sends(['admin'], () => ({ revision: '1' }))),
  },
  '/(admin)/admin/lists/[list]/retire': { GET: admin, POST: admin },
};
