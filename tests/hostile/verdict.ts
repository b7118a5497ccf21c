import type { Answer } from '../rights/knock.ts';
import type { Place, Stage } from '../rights/stage.ts';
import { foreignWords, isAllowed } from '../rights/standing.ts';
import { TABLE, type Line } from '../rights/table.ts';
import type { Attack } from './attacks.ts';
import type { Change, Watched } from './watched.ts';

/** Who somebody is to the server: with a guessed session, nobody. */
const identityOf = ({ who, cookie }: Attack) => (cookie === 'tampered' ? 'nobody' : who);

/** What the table says of the request as it is sent; undefined for a method or an action that there is not. */
function lineOf({ route, request, method }: Attack): Line | undefined {
  const wanted = method === null || request.startsWith(`${method} `) ? request : method;
  return TABLE[route]?.[wanted === 'HEAD' ? 'GET' : wanted];
}

/** What is wrong with an answer: a fault of the server, or something told that this person may not read. */
export function faultsOf(stage: Stage, attack: Attack, { status, text }: Answer): string[] {
  const faults: string[] = [];
  if (status >= 500 || /"type":"error".{0,300}"status":5\d\d/s.test(text)) faults.push(`answered ${status}`);
  const who = identityOf(attack);
  // A form that is refused shows its page, as GET does.
  const line = Object.values(TABLE[attack.route] ?? {}).find((each) => placesOf(stage, each, who).length > 0);
  const told = foreignWords(stage, text, who, line?.shows);
  if (told.length > 0) faults.push(`told ${told.join(', ')}`);
  return faults;
}

/** What was changed that this person may not change, and what no request of this kind may. */
export function wrongChanges(stage: Stage, watched: Watched, attack: Attack, changes: readonly Change[]): string[] {
  return changes.filter((change) => !mayChange(stage, watched, attack, change)).map(({ table }) => `changed ${table}`);
}

function mayChange(stage: Stage, watched: Watched, attack: Attack, change: Change): boolean {
  const line = lineOf(attack);
  if (!line) return false;
  const method = attack.method ?? attack.request.split(' ')[0] ?? '';
  const isSafe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
  // What is opened or taken away is written down.
  if (isSafe && change.table !== 'audit_event') return false;
  if (!isSafe && attack.origin !== 'own') return false;
  const who = identityOf(attack);
  // A form that is refused shows its page, and a report that is shown is written down as opened.
  const shown = change.table === 'audit_event' ? TABLE[attack.route]?.['GET'] : undefined;
  const may = [line, ...(shown ? [shown] : [])].flatMap((each) => placesOf(stage, each, who));
  const place = stage[attack.at];
  if (isClean(attack) && !may.includes(place)) return false;
  const owners = [stage.a, stage.b].filter((each) => watched.isOf(change, each));
  return owners.length === 0 ? may.length > 0 : owners.every((owner) => may.includes(owner));
}

/** Whether it names the things of one cohort only, by the very address of the table. */
const isClean = ({ swap, trick, at, body }: Attack) => swap === null && trick === null && at === body;

const placesOf = (stage: Stage, line: Line, who: string): Place[] =>
  [stage.a, stage.b].filter((place) => isAllowed(stage, line, who, place));
