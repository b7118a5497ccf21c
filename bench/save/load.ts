import { Agent, request } from 'node:http';

/** One rater's way of saving: the request for the next answer. */
export type Save = () => { port: number; path: string; headers: Record<string, string>; body: string };

export type LoadResult = {
  saves: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
};

/** Every rater saves as fast as the server answers, for some seconds; latencies in milliseconds. */
export async function saturate(raters: readonly Save[], seconds: number): Promise<LoadResult> {
  return measure(raters.length, async (send) => {
    const end = performance.now() + seconds * 1000;
    await Promise.all(
      raters.map(async (save) => {
        while (performance.now() < end) await send(save);
      }),
    );
  });
}

/** All raters together save at a steady pace; a save that waits for its turn counts its waiting. */
export async function pace(raters: readonly Save[], perSecond: number, seconds: number): Promise<LoadResult> {
  return measure(raters.length, async (send) => {
    const pending: Promise<void>[] = [];
    const start = performance.now();
    for (let index = 0; index < perSecond * seconds; index += 1) {
      const due = start + (index * 1000) / perSecond;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const save = raters[index % raters.length];
      if (save) pending.push(send(save, due));
    }
    await Promise.all(pending);
  });
}

async function measure(
  connections: number,
  run: (send: (save: Save, due?: number) => Promise<void>) => Promise<void>,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let failed = 0;
  const begin = performance.now();
  await run(async (save, due = performance.now()) => {
    if ((await put(agent, save())) !== 200) failed += 1;
    latencies.push(performance.now() - due);
  });
  const seconds = (performance.now() - begin) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    saves: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    failed,
  };
}

/**
 * The status of the answer. A connection that the server let go of while nothing was asked is opened anew, as a
 * browser does (RFC 9110 §9.3.4: a PUT may be sent again).
 */
function put(agent: Agent, { port, path, headers, body }: ReturnType<Save>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path,
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && cause.code === 'ECONNRESET') resolve(put(agent, { port, path, headers, body }));
      else reject(cause);
    });
    sent.end(body);
  });
}
