import { expect, it } from 'vitest';
import { piecesInThread } from '#lib/server/cohort-files/pieces-in-thread.ts';
import { testApp } from '../support/database.ts';

const task = { actor: { kind: 'operator' }, kind: 'csv', tables: ['figures'], rounds: [], closed: [] } as const;

it('a file that cannot be made breaks off and says why, and the next one is made', async () => {
  const { config } = await testApp();
  const broken = piecesInThread({ ...task, database: `${config.databaseFile}.other` });
  await expect(broken.next()).rejects.toThrow(/the file was not made: unable to open database file/);
  const whole: string[] = [];
  for await (const piece of piecesInThread({ ...task, database: config.databaseFile })) {
    whole.push(new TextDecoder().decode(piece));
  }
  expect(whole.join('')).toMatch(/^cohort,round,.*\n$/);
});
