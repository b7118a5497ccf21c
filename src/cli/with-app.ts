import { startApp, type App } from '#lib/server/app.ts';
import type { Cli } from './context.ts';

/** As `withStore`, for commands that make sign-in links. Apart from it: accounts and mail take as much memory as all else. */
export async function withApp<T>(cli: Cli, work: (app: App) => Promise<T>): Promise<T> {
  const app = await startApp(cli.env);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
