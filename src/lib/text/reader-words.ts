import { m } from '#lib/paraglide/messages.js';

const TWO = { protected: m.form_sees_protected, openOne: m.form_sees_open_one, open: m.form_sees_open };
const ONE = { protected: m.roles_sees_protected, openOne: m.roles_sees_open_one, open: m.roles_sees_open };

/** What readers see of a teacher's answers, after their names: IB'er and director, or where the list asks no director her alone. */
export function readersOf(asksDirector: boolean): typeof TWO {
  return asksDirector ? TWO : ONE;
}
