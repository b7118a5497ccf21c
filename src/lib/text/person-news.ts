import { m } from '#lib/paraglide/messages.js';

/**
 * What has just happened to an account, by the word in the address; null for any other word.
 * @param hasMail whether mail is set up: else nobody was mailed
 */
export function personNews(word: string | null, hasMail: boolean): string | null {
  switch (word) {
    case 'added':
      return hasMail ? m.people_news_added_mailed() : m.people_news_added();
    case 'roles-added':
      return m.people_news_roles_added();
    case 'roles':
      return m.people_news_roles();
    case 'mailed':
      return m.people_news_mailed();
    case 'signed-out':
      return m.people_news_signed_out();
    case 'second-step':
      return m.people_news_second_step();
    case 'no-admin':
      return m.people_news_no_admin();
    default:
      return null;
  }
}
