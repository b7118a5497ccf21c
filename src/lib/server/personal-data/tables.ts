import { m } from '#lib/paraglide/messages.js';
import { escapeFormula } from '#lib/long-form/formula.ts';
import { happenedText } from '#lib/text/audit.ts';
import { mailTemplateText } from '#lib/text/mail-templates.ts';
import { dayTimeText } from '#lib/text/moments.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { handInTable } from './hand-in-table.ts';
import type { FormData, PersonalData } from './service.ts';
import { actionPlanTable } from './action-plan-table.ts';
import { sessionTable } from './session-table.ts';

type Cell = string | number | null;
/** A sheet of the file: its first row is the header. */
export type Sheet = { name: string; table: Cell[][] };

/** Somebody's own data as tables that a person can read, one a subject; what there is nothing of is left out. */
export function sheetsOf(given: PersonalData | FormData, locale: Locale): Sheet[] {
  const words = wordsIn(locale);
  const data = { ...NOTHING, ...given };
  const sheets = [
    me(data, words),
    places(data, words),
    forms(data, words),
    answers(data, words),
    scales(data, words),
    notes(data, words),
    sessions(data, words),
    { name: words.say(m.action_plan_one), table: actionPlanTable(data, locale) },
    handIns(data, words),
    registrations(data, words),
    mails(data, words),
    log(data, words),
    explained('covers' in given, words),
  ];
  return sheets
    .filter(({ table }) => table.length > 1)
    .map(({ name, table }) => ({
      name,
      table: table.map((row) => row.map((cell) => (typeof cell === 'string' ? escapeFormula(cell) : cell))),
    }));
}

const NOTHING: PersonalData = {
  ...{
    person: null,
    account: null,
    places: [],
    forms: [],
    confirmations: [],
    programmeNotes: [],
    mails: [],
    log: [],
    attendance: [],
    usefulness: [],
    actionPlans: [],
    handIns: [],
    registrations: [],
  },
};

type Words = ReturnType<typeof wordsIn>;

function wordsIn(locale: Locale) {
  const at = { locale };
  return {
    locale,
    say: (message: (inputs: Record<string, never>, options: { locale: Locale }) => string) => message({}, at),
    at: (moment: string | number | null) => (moment === null ? null : dayTimeText(new Date(moment), locale)),
    yes: (is: boolean | null) => (is === null ? null : (is ? m.own_data_yes : m.own_data_no)({}, at)),
    role: (role: keyof typeof ROLES) => ROLES[role]({}, at),
  };
}

const LANGUAGES = { nl: m.person_language_nl, en: m.person_language_en } as const;

const ROLES = {
  ...{ director: m.role_director, ib: m.role_ib, teacher: m.role_teacher },
  ...{ admin: m.admin_role_admin, trainer: m.admin_role_trainer, steering: m.admin_role_steering },
} as const;

function me({ person, account, confirmations }: PersonalData, { say, at, role }: Words): Sheet {
  const row = (what: string, value: Cell): Cell[][] => (value === null ? [] : [[what, value]]);
  const ofPerson =
    person === null
      ? []
      : [
          ...row(say(m.own_data_name), person.name),
          ...row(say(m.own_data_email), person.email),
          ...row(say(m.own_data_language), say(LANGUAGES[person.language])),
          ...row(say(m.own_data_since), at(person.createdAt)),
        ];
  const ofAccount =
    account === null
      ? []
      : [
          ...row(say(m.own_data_account), at(account.createdAt)),
          ...row(say(m.own_data_account_name), account.name),
          ...row(say(m.own_data_account_email), account.email),
          ...account.roles.flatMap((held) =>
            row(say(m.own_data_has_role), [role(held.role), held.of].filter((part) => part !== null).join(' · ')),
          ),
          ...account.sessions.flatMap(({ since, browser }) =>
            row(say(m.own_data_session), [at(since), browser].filter((part) => part !== null).join(' · ')),
          ),
        ];
  const confirmed = confirmations.flatMap((each) =>
    row(say(m.own_data_confirmed), [each.cohort, each.school, each.round, at(each.at)].join(' · ')),
  );
  const header = [say(m.own_data_col_what), say(m.own_data_col_value)];
  return { name: say(m.own_data_sheet_me), table: [header, ...ofPerson, ...ofAccount, ...confirmed] };
}

function places(data: PersonalData, { say, at, role }: Words): Sheet {
  const header = [
    ...[say(m.own_data_col_cohort), say(m.own_data_col_school), say(m.own_data_col_role)],
    ...[say(m.own_data_col_from), say(m.own_data_col_until)],
  ];
  const rows = data.places.map((place) => [
    ...[place.cohort, place.school, role(place.role), at(place.joinedAt), at(place.leftAt)],
  ]);
  return { name: say(m.own_data_sheet_places), table: [header, ...rows] };
}

type Form = PersonalData['forms'][number];

const formHeader = ({ say }: Words) => [
  ...[say(m.own_data_col_cohort), say(m.own_data_col_school), say(m.own_data_col_round)],
  ...[say(m.own_data_col_role), say(m.own_data_col_about)],
];
const formCells = (form: Form, { role }: Words): Cell[] => [
  ...[form.cohort, form.school, form.round, role(form.role), form.about],
];

function forms(data: PersonalData, words: Words): Sheet {
  const { say, at, yes } = words;
  const header = [
    ...formHeader(words),
    ...[say(m.own_data_col_invited), say(m.own_data_col_started), say(m.own_data_col_submitted)],
    ...[say(m.own_data_col_withdrawn), say(m.own_data_col_consent), say(m.own_data_col_no_reminders)],
    say(m.own_data_col_link_ended),
  ];
  const rows = data.forms.map((form) => [
    ...formCells(form, words),
    ...[at(form.invitedAt), at(form.startedAt), at(form.submittedAt), at(form.withdrawnAt), yes(form.consent)],
    at(form.remindersStoppedAt),
    at(form.linkEndedAt),
  ]);
  return { name: say(m.own_data_sheet_forms), table: [header, ...rows] };
}

function answers(data: PersonalData, words: Words): Sheet {
  const { say, at, yes } = words;
  const reasons = { not_seen: say(m.own_data_not_seen), unclear: say(m.own_data_not_clear) };
  const header = [
    ...formHeader(words),
    ...[say(m.own_data_col_code), say(m.own_data_col_statement), say(m.own_data_col_score)],
    ...[say(m.own_data_col_cannot), say(m.own_data_col_unclear), say(m.own_data_col_remark)],
    say(m.own_data_col_changed),
  ];
  const rows = data.forms.flatMap((form) =>
    form.answers.map((answer) => [
      ...formCells(form, words),
      ...[answer.code, answer.statement, answer.score],
      answer.reason === null ? yes(answer.cannotJudge) : reasons[answer.reason],
      ...[yes(answer.unclear), answer.comment, at(answer.changedAt)],
    ]),
  );
  return { name: say(m.own_data_sheet_answers), table: [header, ...rows] };
}

function scales(data: PersonalData, words: Words): Sheet {
  const { say, at } = words;
  const moments = { now: say(m.own_data_now), then: say(m.own_data_then) };
  const header = [
    ...formHeader(words),
    ...[say(m.own_data_col_competency), say(m.own_data_col_moment), say(m.own_data_col_score)],
    ...[say(m.own_data_col_notes), say(m.own_data_col_changed)],
  ];
  const rows = data.forms.flatMap((form) =>
    form.scales.map((scale) => [
      ...formCells(form, words),
      ...[scale.name, moments[scale.moment], scale.value],
      ...[scale.notes.filter((note) => note !== '').join(' · '), at(scale.changedAt)],
    ]),
  );
  return { name: say(m.own_data_sheet_scales), table: [header, ...rows] };
}

function sessions(data: PersonalData, { say, locale }: Words): Sheet {
  return { name: say(m.own_data_sheet_sessions), table: sessionTable(data, locale) };
}

function handIns(data: PersonalData, { say, locale }: Words): Sheet {
  return { name: say(m.own_data_sheet_hand_ins), table: handInTable(data, locale) };
}

function registrations(data: PersonalData, { say, at, role }: Words): Sheet {
  const header = [
    ...[say(m.own_data_col_cohort), say(m.own_data_col_school), say(m.own_data_col_role), say(m.own_data_name)],
    ...[say(m.own_data_email), say(m.own_data_language), say(m.registration_arrived), say(m.registration_given)],
  ];
  const rows = data.registrations.map((row) => [
    ...[row.cohort, row.school, role(row.role), row.name, row.email, say(LANGUAGES[row.language])],
    ...[at(row.arrivedAt), at(row.placedAt)],
  ]);
  return { name: say(m.registration_sheet), table: [header, ...rows] };
}

const STATES = {
  ...{ waiting: m.own_data_status_waiting, sent: m.own_data_status_sent },
  ...{ failed: m.own_data_status_failed, dropped: m.own_data_status_dropped },
} as const;

function mails(data: PersonalData, { say, at, locale }: Words): Sheet {
  const header = [
    ...[say(m.own_data_col_what), say(m.own_data_col_asked), say(m.own_data_col_status), say(m.own_data_col_sent)],
  ];
  const rows = data.mails.map(({ kind, askedAt, status, sentAt }) => [
    ...[mailTemplateText(kind, locale), at(askedAt), say(STATES[status]), at(sentAt)],
  ]);
  return { name: say(m.own_data_sheet_mails), table: [header, ...rows] };
}

function notes({ programmeNotes }: PersonalData, { say, at }: Words): Sheet {
  const header = [say(m.programme_one), say(m.programme_notes), say(m.own_data_col_at)];
  const rows = programmeNotes.map(({ programme, text, createdAt }) => [programme, text, at(createdAt)]);
  return { name: say(m.programme_notes), table: [header, ...rows] };
}

function log(data: PersonalData, { say, at, locale }: Words): Sheet {
  const header = [say(m.own_data_col_at), say(m.own_data_col_who), say(m.own_data_col_did)];
  const rows = data.log.map((line) => [
    ...[at(line.at), say(line.byYou ? m.own_data_you : m.own_data_other), happenedText(line, locale)],
  ]);
  return { name: say(m.own_data_sheet_log), table: [header, ...rows] };
}

/** What everybody has to be told beside the data itself (GDPR art. 15(1)); the particulars are on the privacy page. */
function explained(isOneForm: boolean, { say }: Words): Sheet {
  const rows = [
    ...(isOneForm ? [[say(m.own_data_about_file), say(m.own_data_one_form)]] : []),
    [say(m.own_data_purpose), say(m.privacy_why_purpose)],
    [say(m.own_data_readers), say(m.own_data_readers_are)],
    [say(m.own_data_term), say(m.own_data_term_is)],
    [say(m.own_data_rights), say(m.own_data_rights_are)],
  ];
  return {
    name: say(m.own_data_sheet_explained),
    table: [[say(m.own_data_col_what), say(m.own_data_explanation)], ...rows],
  };
}
