import { describe, expect, it } from 'vitest';
import * as reports from '#lib/server/reports/service.ts';
import { testApp } from '../support/database.ts';
import { addSeries, makeCohort } from '../support/factories.ts';
import { pdfPages } from '../support/read-files.ts';
import { closedRound } from '../support/school-reports.ts';
import { all, cellsOf, CHARTS, FILES, get, textOf, textsOf, three } from './downloads-support.ts';

/** The marks that a chart draws of answers: those beside the three of its legend. */
const marksOf = (svg: string) => [...svg.matchAll(/class="m-[dit]"/g)].slice(3);

// Laying out a document takes a second or two on a busy machine.
describe('the files of a report with something withheld', { timeout: 90_000 }, () => {
  it('hold nothing of what two protected teachers answered', async () => {
    const found: Record<string, string>[] = [];
    for (const score of [1, 4]) {
      const app = await testApp();
      const cohort = await makeCohort(app.db, { name: 'Een cohort' });
      await addSeries(app.db, cohort, { school: 'De Wingerd', teachers: 3 });
      const teachers = [all(score), all(score)];
      const round = await closedRound(app.db, { director: all(3), ib: all(3), teachers }, { cohort });
      const texts = await textsOf(app, round, [...FILES, ...CHARTS]);
      for (const [file, text] of Object.entries(texts)) {
        const words = text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '); // a drawing breaks its lines
        expect(words, file).toMatch(/luik (van de leerkrachten blijft )?dicht/);
      }
      found.push(texts);
    }
    for (const file of [...FILES, ...CHARTS]) expect(found[0]?.[file] === found[1]?.[file], file).toBe(true);
  });

  it('hold nothing of two protected teachers beside an earlier round either', async () => {
    const found: Record<string, string>[] = [];
    for (const score of [1, 4]) {
      const app = await testApp();
      const cohort = await makeCohort(app.db, { name: 'Een cohort' });
      await addSeries(app.db, cohort, { school: 'De Wingerd', teachers: 3 });
      await closedRound(app.db, { director: all(3), ib: all(3), teachers: [all(3), all(3), all(3)] }, { cohort });
      const round = await closedRound(
        app.db,
        { director: all(3), ib: all(4), teachers: [all(score), all(score)] },
        { cohort },
      );
      found.push(await textsOf(app, round, ['rounds.svg', 'figures.xlsx']));
    }
    expect(found[0]?.['rounds.svg']).toMatch(/duidelijk hoger/);
    expect(found[0]).toEqual(found[1]);
  });

  it('hold nothing of the scale questions and the look-back of the IB’er', async () => {
    const found: Record<string, string>[] = [];
    for (const scales of [
      { now: 7, then: 4 },
      { now: 9, then: 1 },
    ]) {
      const app = await testApp();
      const cohort = await makeCohort(app.db, { name: 'Een cohort' });
      await addSeries(app.db, cohort, { school: 'De Wingerd', teachers: 3 });
      await closedRound(app.db, { director: all(3), ib: all(3) }, { cohort, scales: { now: 6 } });
      const round = await closedRound(app.db, { director: all(3), ib: all(4) }, { cohort, scales });
      const page = await reports.get(app.readDb, round.ib, round.schoolRoundId);
      expect(page.lookBack?.rows[0]).toMatchObject(scales);
      found.push(await textsOf(app, round, [...FILES, ...CHARTS, 'rounds.svg']));
    }
    for (const [file, text] of Object.entries(found[0] ?? {})) expect(found[1]?.[file] === text, file).toBe(true);
  });

  it('have no figure at all where everything is withheld', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { teachers: [all(4), all(4)] });
    const [, ...rows] = cellsOf((await get(app, round, round.ib, 'aspects.csv')).bytes);
    expect(rows.flatMap((row) => row.slice(3)).filter((cell) => typeof cell === 'number')).toEqual([]);
    const [, ...competencies] = cellsOf((await get(app, round, round.ib, 'competencies.csv')).bytes);
    expect(competencies.flatMap((row) => row.slice(3)).filter((cell) => typeof cell === 'number')).toEqual([]);
    for (const file of ['triptych.svg', ...CHARTS]) {
      const svg = await textOf(file, (await get(app, round, round.ib, file)).bytes);
      expect(marksOf(svg), file).toEqual([]);
    }
    const open = await closedRound(app.db, three);
    expect(marksOf(await textOf('gaps-C1.svg', (await get(app, open, open.ib, 'gaps-C1.svg')).bytes))).not.toEqual([]);
    const pages = await pdfPages((await get(app, round, round.ib, 'report.pdf')).bytes);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Er is te weinig beoordeeld om de beelden per competentie naast elkaar te leggen.');
    for (const told of ['De directeur vulde niet in', 'Ingevuld: 2 leerkrachten. Nodig: 3.', 'Hoe nu verder?']) {
      expect(pages[0]).toContain(told);
    }
    expect(pages[0]).not.toContain('Vier soorten gesprek');
  });
});
