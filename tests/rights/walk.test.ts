import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/server/ids.ts';
import { builtRoutes, requestsOf } from '../support/routes.ts';
import { isRefusal, knock, withoutIds, type Request } from './knock.ts';
import { PLANTED_SCORE, setStage, type Stage } from './stage.ts';
import { foreignWords, isAllowed, leadsTo } from './standing.ts';
import { TABLE } from './table.ts';

/**
 * The walk of rights: whatever the built server can be asked, asked by everybody, about their own things and about those of
 * others, against product.md's table.
 */

const built = builtRoutes();
const pages = new Set(built.filter(({ isPage }) => isPage).map(({ id }) => id));
const lines = Object.entries(TABLE).flatMap(([route, requests]) =>
  Object.entries(requests).map(([request, line]) => ({ route, request, line })),
);
/** Pages are asked for twice: as a browser does, and as the framework's script does for its data. */
const hasData = ({ route, request }: Request) => request === 'GET' && pages.has(route);

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage.close());

const requestsAt = (): Request[] =>
  lines.flatMap((line) => [stage.a, stage.b].map((place): Request => ({ ...line, place })));
const nameOf = ({ route, request, place }: Request, who: string) => `${who}: ${request} ${route} (${place.mark})`;

/** What changes by itself: sessions and counts of those who walk, and the server's own jobs. */
const PASSING = ['attempt', 'session', 'job', 'job_run', 'journal_entry', 'mail_trouble'];

/** What the log says of refusals. */
const REFUSALS = ['access.refused', 'sign_in.refused'];

/** Everything in the database by table, but for what passes and the lines of refusals in the log. */
async function contents(): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`select name from sqlite_schema where type = 'table' order by name`.execute(
    stage.db,
  );
  const all: Record<string, string> = {};
  for (const { name } of tables.rows.filter((table) => !PASSING.includes(table.name))) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(stage.db);
    all[name] = JSON.stringify(rows.filter(({ action }) => !REFUSALS.includes(String(action))));
  }
  const planted = [stage.a, stage.b].map(({ objects }) => objects.session);
  const sessions = await stage.db.selectFrom('session').selectAll().where('id', 'in', planted).execute();
  return { ...all, session: JSON.stringify(sessions) };
}

/** The tables that are not as they were. */
async function changedSince(before: Record<string, string>): Promise<string[]> {
  return Object.entries(await contents()).flatMap(([name, rows]) => (rows === before[name] ? [] : [name]));
}

describe('the table of rights', () => {
  it.each(built)('has a line for all that can be asked of $id', (route) => {
    const wanted = requestsOf(route);
    const missing = wanted.filter((request) => TABLE[route.id]?.[request] === undefined);
    const written = missing.map((request) => `  '${route.id}': { '${request}': may(…) },`).join('\n');
    expect(missing, `tests/rights/table.ts has no line for what the server answers. Add:\n${written}`).toEqual([]);
  });

  it('has no line of which the server knows nothing', () => {
    const known = new Map(built.map((route) => [route.id, requestsOf(route)]));
    const unknown = lines.filter(({ route, request }) => !known.get(route)?.includes(request));
    expect(unknown.map(({ route, request }) => `${request} ${route}`)).toEqual([]);
  });
});

describe('what is not granted', () => {
  it('is refused, changes nothing and tells nothing', async () => {
    const before = await contents();
    const faults: string[] = [];
    for (const who of Object.keys(stage.people)) {
      const cookie = await stage.cookieOf(who);
      const state = who.startsWith('rater') ? await contents() : before;
      for (const asked of requestsAt().filter(({ line, place }) => !isAllowed(stage, line, who, place))) {
        const leads = leadsTo(stage, asked.line, asked.route, who);
        const answers = [{ answer: await knock(stage, asked, cookie), data: false }];
        if (asked.request === 'GET')
          answers.push({ answer: await knock(stage, asked, cookie, { data: true }), data: true });
        for (const { answer, data } of answers) {
          if (!isRefusal(answer, leads, data))
            faults.push(`${nameOf(asked, who)}: ${answer.status} ${answer.location}`);
          const words = foreignWords(stage, answer.text, who);
          if (words.length > 0) faults.push(`${nameOf(asked, who)} tells ${words.join(', ')}`);
        }
      }
      faults.push(...(await changedSince(state)).map((table) => `${who} changed ${table}`));
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('is answered in the same bytes whether there is such a thing or not', async () => {
    const faults: string[] = [];
    // What is granted to nobody here (looking back at a first round) has nothing to compare.
    const withIds = requestsAt().filter(
      ({ route, request, line }) => route.includes('[') && request === 'GET' && line.who.length > 0,
    );
    for (const who of Object.keys(stage.people)) {
      const cookie = await stage.cookieOf(who);
      for (const asked of withIds.filter(({ line, place }) => !isAllowed(stage, line, who, place))) {
        for (const data of hasData(asked) ? [false, true] : [false]) {
          const there = await knock(stage, asked, cookie, { data });
          const missing = await knock(stage, asked, cookie, { data, ids: (id) => (id.length === 36 ? newId() : id) });
          const [one, other] = [withoutIds(there), withoutIds(missing)];
          const at = [...one].findIndex((letter, index) => letter !== other[index]);
          if (one !== other)
            faults.push(`${nameOf(asked, who)}: ${one.slice(at - 20, at + 40)} ≠ ${other.slice(at - 20, at + 40)}`);
        }
      }
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('is written to the log for somebody with an account, a few times, and for nobody else', async () => {
    const rows = await stage.db
      .selectFrom('audit_event')
      .select(['actor_user_id as userId', 'object_id as objectId', 'detail'])
      .where('action', '=', 'access.refused')
      .execute();
    const ids = new Map(
      Object.entries(stage.people).map(([name, each]) => [each && 'userId' in each ? each.userId : '', name]),
    );
    const named = new Set(rows.map(({ userId }) => ids.get(userId ?? '')));
    expect(named).toContain('former trainer');
    expect(named).toContain('trainer B');
    const ofB = rows.filter(
      ({ userId, objectId }) => ids.get(userId ?? '') === 'trainer B' && objectId === stage.a.cohort.id,
    );
    expect(ofB.length).toBeGreaterThan(0);
    expect(ofB.length).toBeLessThanOrEqual(3);
    expect(rows.every(({ userId }) => userId !== null)).toBe(true);
  });
});

describe('a method that no route has', () => {
  it('does nothing, whoever asks', async () => {
    const faults: string[] = [];
    const before = await contents();
    for (const who of ['nobody', 'admin', 'trainer A', 'half']) {
      const cookie = await stage.cookieOf(who);
      for (const [route, requests] of Object.entries(TABLE)) {
        for (const method of ['PUT', 'PATCH', 'DELETE', ...('POST' in requests ? [] : ['POST'])]) {
          if (method in requests) continue;
          const asked: Request = { route, request: method, line: { who: [] }, place: stage.a };
          const { status, location } = await knock(stage, asked, cookie);
          const isNothing = [404, 405].includes(status) || location === leadsTo(stage, asked.line, route, who);
          if (!isNothing) faults.push(`${nameOf(asked, who)}: ${status}`);
        }
      }
    }
    expect(faults).toEqual([]);
    expect(await changedSince(before)).toEqual([]);
  }, 60_000);
});

describe('what is granted', () => {
  it('can be seen and done, and shows no more than it may', async () => {
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const asked of requestsAt()) {
      for (const who of Object.keys(stage.people)) {
        if (!isAllowed(stage, asked.line, who, asked.place)) continue;
        // Each with a session of its own: some of what is asked ends it.
        const cookie = await stage.cookieOf(who);
        const answers = [await knock(stage, asked, cookie)];
        // A page that leads elsewhere has no data of its own.
        if (hasData(asked) && answers[0]?.status === 200)
          answers.push(await knock(stage, asked, cookie, { data: true }));
        for (const answer of answers) {
          const isRefused = answer.status === 404 || answer.status === 403 || answer.status >= 500;
          const isLedAway = /^\/sign-in(\?to=|$)/.test(answer.location ?? '');
          const leadsAway = isLedAway && !/\/(sign-out|everywhere)$/.test(asked.route);
          if (isRefused || leadsAway) faults.push(`${nameOf(asked, who)}: ${answer.status} ${answer.location}`);
          const words = foreignWords(stage, answer.text, who, asked.line.shows);
          if (words.length > 0) faults.push(`${nameOf(asked, who)} tells ${words.join(', ')}`);
          for (const [word] of answer.text.matchAll(/mark-[a-c]-[a-z-]+@?/g)) seen.add(word);
        }
      }
    }
    expect(faults).toEqual([]);
    // A walk that meets none of what was planted proves nothing.
    for (const planted of [
      'mark-a-draft',
      'mark-a-note',
      'mark-a-remark-teacher',
      'mark-a-own-school',
      'mark-a-fault',
      'mark-a-former@',
      'mark-a-agent',
      'mark-a-work',
      'mark-a-feedback',
    ]) {
      expect(seen, planted).toContain(planted);
    }
    const snapshots = await stage.db.selectFrom('snapshot').select('document').execute();
    // Both schools of both cohorts.
    expect(snapshots.filter(({ document }) => document.includes(String(PLANTED_SCORE)))).toHaveLength(4);
  }, 120_000);
});
