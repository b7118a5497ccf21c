import type { BetterAuthPlugin } from 'better-auth';
import type { DBAdapter, Where } from 'better-auth/adapters';
import { hashToken } from '#lib/server/ids.ts';

/**
 * Lets better-auth keep the tokens of sessions as hashes, as every other token of the product is kept: who reads the
 * database, a backup or a dump gets no session. It has no setting for that, so its adapter is wrapped, for this one model;
 * what it writes and what it looks for is hashed, and a row that was found by a token comes back with that token.
 */
export function hashedSessions(): BetterAuthPlugin {
  return { id: 'hashed-sessions', init: ({ adapter }) => ({ context: { adapter: wrapped(adapter) } }) };
}

/** What any call of the adapter may have, as far as a token can be in it. */
type Query = { model: string; where?: Where[] | undefined; update?: Record<string, unknown> };

type Calls = Omit<DBAdapter, 'transaction'>;

function wrapped(adapter: DBAdapter): DBAdapter {
  return {
    ...adapter,
    ...wrappedCalls(adapter),
    transaction: (work) => adapter.transaction((trx) => work(wrappedCalls(trx))),
  };
}

function wrappedCalls(adapter: Calls): Calls {
  return {
    ...adapter,
    create: async <T extends Record<string, unknown>, R = T>(query: Parameters<Calls['create']>[0]) => {
      const { token } = query.data as { token?: unknown };
      if (query.model !== 'session' || typeof token !== 'string') return adapter.create<T, R>(query as never);
      const data = { ...query.data, token: hashToken(token) };
      return withToken(await adapter.create<T, R>({ ...query, data } as never), [token]);
    },
    findOne: async (query) => withToken(await adapter.findOne(hashed(query)), tokensIn(query)),
    findMany: async <T>(query: Parameters<Calls['findMany']>[0]) => {
      const rows = await adapter.findMany<T>(hashed(query));
      return rows.map((row) => withToken(row, tokensIn(query)));
    },
    count: (query) => adapter.count(hashed(query)),
    update: async (query) => withToken(await adapter.update(hashed(query)), tokensIn(query)),
    updateMany: (query) => adapter.updateMany(hashed(query)),
    delete: (query) => adapter.delete(hashed(query)),
    deleteMany: (query) => adapter.deleteMany(hashed(query)),
    consumeOne: async (query) => withToken(await adapter.consumeOne(hashed(query)), tokensIn(query)),
    incrementOne: async (query) => withToken(await adapter.incrementOne(hashed(query)), tokensIn(query)),
  };
}

/** The same call with hashes in place of tokens; of another model as it is. */
function hashed<Q extends Query>(query: Q): Q {
  if (query.model !== 'session') return query;
  const { where, update } = query;
  return {
    ...query,
    ...(where === undefined ? {} : { where: where.map(hashedCondition) }),
    ...(typeof update?.['token'] === 'string' ? { update: { ...update, token: hashToken(update['token']) } } : {}),
  };
}

function hashedCondition(condition: Where): Where {
  const { field, value } = condition;
  if (field !== 'token') return condition;
  if (typeof value === 'string') return { ...condition, value: hashToken(value) };
  return Array.isArray(value) ? { ...condition, value: value.map((each) => hashToken(String(each))) } : condition;
}

/** The tokens that a call names: those that its rows can have. */
function tokensIn({ model, where = [], update }: Query): string[] {
  if (model !== 'session') return [];
  const named = where.filter(({ field }) => field === 'token').flatMap(({ value }) => value);
  return [...named, update?.['token']].filter((token) => typeof token === 'string');
}

/** A row with the token that its hash is of; one of a token that was not named keeps the hash, which opens nothing. */
function withToken<T>(row: T, tokens: readonly string[]): T {
  if (typeof row !== 'object' || row === null || !('token' in row)) return row;
  const token = tokens.find((candidate) => hashToken(candidate) === row.token);
  return token === undefined ? row : { ...row, token };
}
