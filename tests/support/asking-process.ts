import { pino } from 'pino';
import { openDatabase } from '#lib/server/db/open.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import { MailSender } from '#lib/server/mail/sender.ts';
import { createSmtp } from '#lib/server/mail/smtp.ts';

/**
 * A process of its own that asks for mail, tells when that is committed, and sends until it is killed:
 * `node asking-process.ts FILE SMTP_URL PREFIX COUNT`.
 */
const [file = '', url = '', prefix = '', count = '0'] = process.argv.slice(2);
const publicUrl = 'https://drieluik.school.example';

const { db } = await openDatabase({ file });
const sender = new MailSender({
  smtp: createSmtp({ url, from: 'drieluik@swv.example' }, publicUrl),
  writing: { db, secret: 'of no use here', publicUrl, signInLink: () => Promise.reject(new Error('not asked for')) },
  log: pino({ level: 'silent' }),
  lapses: 100,
});
sender.start();
await db.transaction().execute(async (trx) => {
  for (let number = 1; number <= Number(count); number++) {
    const onceKey = `${prefix}-${number}`;
    const to = { address: `${onceKey}@school.example`, language: 'nl' } as const;
    await enqueue(trx, { template: 'test', to, about: {}, roundId: null, onceKey }, new Date());
  }
});
process.stdout.write('committed\n');
setInterval(() => void sender.run(), 50);
