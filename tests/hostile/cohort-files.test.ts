import { describe, expect, it } from 'vitest';
import * as rounds from '#lib/server/rounds/service.ts';
import { ask, bytesOf, closedCohort, rowsOf, varied, type ScoreOf } from '../routes/cohort-files-support.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { unzipped } from '../support/read-files.ts';

/** One teacher of the first school cannot judge an aspect, so that what the two others gave there is withheld. */
const SHORT = 'C1.03';
const withShortCell =
  (withheld: number, shown: number): ScoreOf =>
  (school, role, code, teacher) => {
    if (role !== 'teacher' || code !== SHORT) return varied(school, role, code, teacher);
    if (school === 0) return teacher === 0 ? null : withheld;
    return shown;
  };

/** All that is in all files of a cohort of six schools, without ids. */
async function everything(shares: boolean, score: ScoreOf): Promise<string> {
  const app = await testApp();
  const { cohort, roundId } = await closedCohort(app, { schools: 6, shares, score, name: 'Zes' });
  const files = ['figures.csv', 'codebook.csv', 'figures.xlsx', ...(shares ? ['schools.csv'] : [])];
  const texts: string[] = [];
  for (const file of files) {
    const bytes = await bytesOf(app, cohort.trainer, roundId, file);
    texts.push(file.endsWith('.xlsx') ? unzipped(bytes) : new TextDecoder().decode(bytes));
  }
  return texts.join('\n').replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}

describe('what is withheld', { timeout: 90_000 }, () => {
  it.each([true, false])('leaves no trace in the files of a cohort (shares its schools: %s)', async (shares) => {
    const one = await everything(shares, withShortCell(1, 3));
    expect((await everything(shares, withShortCell(5, 3))) === one).toBe(true);
    expect((await everything(shares, withShortCell(1, 4))) === one).toBe(false);
  });

  it('stands in the file as withheld, never as a number', async () => {
    const app = await testApp();
    const { cohort, roundId } = await closedCohort(app, { schools: 6, shares: true, score: withShortCell(1, 3) });
    const schools = await rowsOf(app, cohort.trainer, roundId, 'schools.csv');
    const cells = schools.filter(({ aspect, view }) => aspect === SHORT && view === 'teacher');
    expect(cells.map(({ score, reason }) => `${score} ${reason}`).sort()).toEqual([
      ' hidden_cells',
      ...Array(5).fill('3 '),
    ]);
    const [mean] = (await rowsOf(app, cohort.trainer, roundId, 'figures.csv')).filter(
      ({ aspect, view, figure }) => aspect === SHORT && view === 'teacher' && figure === 'mean',
    );
    expect(mean).toMatchObject({ value: '3', n: '5', schools: '5' });
  });
});

describe('files of a cohort', { timeout: 60_000 }, () => {
  it('hold names of every kind whole, and run none of them', async () => {
    const app = await testApp();
    const cohort = await make.makeCohort(app.db, { name: '@cohort\t"1"', trainerSeesSchools: true });
    const names = ['=HYPERLINK("http://x")', '+1, "twee"', 'De Wingerd\nlocatie Noord', '-2+3', 'ł ş 👍 <b>&'];
    for (const school of names) await make.addSeries(app.db, cohort, { school });
    const { id, invited } = await make.openRound(app.db, cohort);
    for (const person of invited) await make.fillAndSubmit(app.db, person);
    await rounds.close(app.db, cohort.trainer, id);
    const schools = await rounds.progress(app.db, cohort.trainer, id);
    const ids = schools.map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(app.db, cohort.trainer, id, ids);
    const rows = await rowsOf(app, cohort.trainer, id, 'schools.csv');
    const stored = schools.map(({ series }) => series.schoolName);
    const safe = stored.map((name) => (/^[=+\-@]/.test(name) ? `'${name}` : name));
    expect(new Set(rows.map(({ school }) => school))).toEqual(new Set(safe));
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@\t]|^-\D/);
    const workbook = unzipped(await bytesOf(app, cohort.trainer, id, 'figures.xlsx'));
    expect(workbook).not.toContain('<f>');
    expect(workbook).toContain('ł ş 👍 &lt;b&gt;&amp;');
  });

  it('come whole to two who read at once, while one stops half-way and a round closes', async () => {
    const app = await testApp();
    const { cohort, roundId } = await closedCohort(app, { schools: 6, shares: true });
    const alone = Buffer.from(await bytesOf(app, cohort.trainer, roundId, 'schools.csv')).toString();
    const next = await make.openRound(app.db, cohort);
    const stopping = (await ask(app, cohort.trainer, roundId, 'schools.csv')).body?.getReader();
    await stopping?.read();
    const [first, second] = await Promise.all([
      bytesOf(app, cohort.trainer, roundId, 'schools.csv'),
      bytesOf(app, cohort.trainer, roundId, 'schools.csv'),
      stopping?.cancel(),
      rounds.close(app.db, cohort.trainer, next.id),
    ]);
    for (const read of [first, second]) expect(Buffer.from(read).toString() === alone).toBe(true);
  });
});
