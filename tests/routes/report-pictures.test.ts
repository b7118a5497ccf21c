import { describe, expect, it } from 'vitest';
import { testApp } from '../support/database.ts';
import { closedRound } from '../support/school-reports.ts';
import { all, get, three } from './downloads-support.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];
const CHARTS = ['triptych', 'gaps-C1', 'rounds', 'balance'];

/** Width and height in dots, from the head of the file. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('the charts of a report as pictures', { timeout: 90_000 }, () => {
  it('are there for each chart, twice as large as the drawing, under its own name', async () => {
    const app = await testApp();
    const first = await closedRound(app.db, three);
    const round = await closedRound(app.db, three, { cohort: first.cohort });
    for (const chart of CHARTS) {
      const svg = new TextDecoder().decode((await get(app, round, round.ib, `${chart}.svg`)).bytes);
      const { response, bytes } = await get(app, round, round.ib, `${chart}.png`);
      const [, width = '', height = ''] = /^<svg [^>]*?width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      expect([...bytes.subarray(0, 4)], chart).toEqual(PNG);
      expect(sizeOf(bytes), chart).toEqual([2 * Number(width), 2 * Number(height)]);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="drieluik-[a-z0-9-]+\.png"$/);
    }
  });

  it('show nothing of what two protected teachers answered, and do show what is not withheld', async () => {
    const pictures = async (teacher: number, director: number) => {
      const app = await testApp();
      const teachers = [all(teacher), all(teacher)];
      const round = await closedRound(app.db, { director: all(director), ib: all(3), teachers });
      const { bytes } = await get(app, round, round.ib, 'gaps-C1.png');
      return Buffer.from(bytes).toString('base64');
    };
    const one = await pictures(1, 3);
    expect((await pictures(4, 3)) === one).toBe(true);
    expect((await pictures(1, 4)) === one).toBe(false);
  });

  it('has the balance as a drawing with its title, its words and every view', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const svg = new TextDecoder().decode((await get(app, round, round.ib, 'balance.svg')).bytes);
    expect(svg).not.toContain('→'); // the letters of a picture have no arrow
    for (const text of ['Adviseren', 'coachen', 'Directeur', 'Leerkrachten']) expect(svg).toContain(text);
    for (const file of ['balance.gif', 'gaps-C9.png', 'rounds.png']) {
      await expect(get(app, round, round.ib, file), file).rejects.toMatchObject({ status: 404 });
    }
  });
});
