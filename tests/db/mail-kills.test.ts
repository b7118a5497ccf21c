import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { testApp } from '../support/database.ts';
import { mailServer, type MailServer } from '../support/smtp.ts';

const KILLS = 20;
const MAILS = 4;
const script = fileURLToPath(new URL('../support/asking-process.ts', import.meta.url));

/** Starts a process that asks for so many mails, and waits until that is committed. */
async function asking(file: string, server: MailServer, prefix: string, count: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, file, server.url, prefix, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

it(
  `a process that is killed ${KILLS} times between asking and sending loses no mail`,
  { timeout: 120_000 },
  async () => {
    const app = await testApp();
    const file = app.config.databaseFile;
    const server = await mailServer();
    for (let kill = 0; kill < KILLS; kill++) {
      const child = await asking(file, server, `kill${kill}`, MAILS);
      await delay(kill % 7); // at once, while connecting, while sending
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    const wasLeft = await app.db.selectFrom('mail').select('id').where('status', '=', 'waiting').execute();
    expect(wasLeft.length).toBeGreaterThan(0);

    await asking(file, server, 'last', 1);
    const isLeft = () => app.db.selectFrom('mail').select('id').where('status', '!=', 'sent').executeTakeFirst();
    const end = performance.now() + 30_000;
    while ((await isLeft()) && performance.now() < end) await delay(50);

    expect(await isLeft()).toBeUndefined();
    expect(new Set(server.addresses).size).toBe(KILLS * MAILS + 1);
    // What came twice, because its process died before it was written down, came as the same message.
    expect(new Set(server.accepted.map(({ messageId }) => messageId)).size).toBe(KILLS * MAILS + 1);
  },
);
