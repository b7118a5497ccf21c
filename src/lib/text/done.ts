import { m } from '#lib/paraglide/messages.js';

/** Named one by one, as a closed list: an address cannot make a page say anything else. */
const WORDS = {
  saved: m.done_saved,
  readdressed: m.done_readdressed,
  added: m.done_added,
  removed: m.done_removed,
  replaced: m.done_replaced,
  moved: m.done_moved,
  back: m.done_back,
  retried: m.done_retried,
  // rounds
  opened: m.done_opened,
  closed: m.done_closed,
  cancelled: m.done_cancelled,
  reopened: m.done_reopened,
  reminded: m.done_reminded,
  released: m.done_released,
  withdrawn: m.done_withdrawn,
  form_reopened: m.done_form_reopened,
  usefulness_asked: m.done_usefulness_asked,
  usefulness_closed: m.done_usefulness_closed,
  calendar_ended: m.done_calendar_ended,
  handed_in: m.done_handed_in,
  hand_in_withdrawn: m.done_hand_in_withdrawn,
  feedback_given: m.done_feedback_given,
  // the own account
  language: m.account_language_saved,
  password: m.account_password_saved,
  device_signed_out: m.account_session_ended,
  // other people's accounts
  account_added: m.people_news_added,
  account_added_mailed: m.people_news_added_mailed,
  roles_added: m.people_news_roles_added,
  roles: m.people_news_roles,
  sign_in_mailed: m.people_news_mailed,
  signed_out: m.people_news_signed_out,
  second_step_reset: m.people_news_second_step,
  admin_taken: m.people_news_no_admin,
  blocked: m.people_news_blocked,
  erased: m.done_erased,
  director_erased: m.done_director_erased,
  // plans
  action_plan_shared: m.done_action_plan_shared,
  action_plan_own: m.done_action_plan_own,
  plan_made: m.done_plan_made,
  plan_moved: m.done_plan_moved,
  plan_cancelled: m.done_plan_cancelled,
  plan_back: m.done_plan_back,
  // registration
  registration_opened: m.done_registration_opened,
  registration_closed: m.done_registration_closed,
  registration_reopened: m.done_registration_reopened,
  registration_placed: m.done_registration_placed,
  registration_told: m.done_registration_told,
  registration_withdrawn: m.done_registration_withdrawn,
  registration_changed: m.done_registration_changed,
  // lists
  list_made: m.done_list_made,
  list_published: m.done_list_published,
  list_retired: m.done_list_retired,
  list_back: m.done_list_back,
  list_removed: m.done_list_removed,
  part_moved: m.done_part_moved,
  taken_out: m.done_taken_out,
  put_back: m.done_put_back,
  wording_taken: m.done_wording_taken,
  wording_declined: m.done_wording_declined,
  wording_withdrawn: m.done_wording_withdrawn,
} satisfies Record<string, () => string>;

export type Done = keyof typeof WORDS;

const isDone = (word: string): word is Done => Object.hasOwn(WORDS, word);

/** The address to go to after a form was stored: its page says so (`PageHead`). A fragment stays at the end. */
export function withDone(address: string, done: Done = 'saved'): string {
  const [path = '', ...fragment] = address.split('#');
  return [`${path}${path.includes('?') ? '&' : '?'}done=${done}`, ...fragment].join('#');
}

/** What an address says was done, in words; null when it says nothing. */
export function doneText(url: URL): string | null {
  const word = url.searchParams.get('done');
  return word !== null && isDone(word) ? WORDS[word]() : null;
}
