/**
 * The floor that saving is measured against: a bare Node server that upserts the very row that Drieluik stores, in the
 * same schema with the same pragmas, and checks nothing. Run by bench/save/main.ts with the database's file, the
 * synchronous setting and the port.
 */
import { createServer } from 'node:http';
import { openDatabase } from '#lib/server/db/open.ts';

const [file = '', synchronous, port = '0'] = process.argv.slice(2);
const { raw } = await openDatabase({ file, synchronous: synchronous === 'NORMAL' ? 'NORMAL' : 'FULL' });
const upsert = raw.prepare(`
  insert into answer (response_id, aspect_id, score, cannot_judge, reason, unclear, comment, changed_at)
  values (?, ?, ?, 0, null, 0, null, ?)
  on conflict (response_id, aspect_id) do update set score = excluded.score, cannot_judge = excluded.cannot_judge,
    reason = excluded.reason, unclear = excluded.unclear, comment = excluded.comment, changed_at = excluded.changed_at
  where excluded.changed_at >= answer.changed_at
  returning score, changed_at`);

const server = createServer((request, response) => {
  if (request.method !== 'PUT') {
    response.end();
    return;
  }
  const [, responseId, aspectId] = (request.url ?? '').split('/');
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const answer: { score: number; changedAt: number } = JSON.parse(body);
    const stored = upsert.get(Number(responseId), Number(aspectId), answer.score, answer.changedAt);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(stored));
  });
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', () => process.exit(0));
