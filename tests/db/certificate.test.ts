import { beforeEach, describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import * as certificates from '#lib/server/attendance/certificate-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as files from '#lib/server/downloads/certificate-service.ts';
import { certificateDocument } from '#lib/server/downloads/pdf-certificate.ts';
import { writePdf } from '#lib/server/downloads/write-pdf.ts';
import { actorOfPerson } from '../support/assignments.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { pdfFacts, pdfPages } from '../support/read-files.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const now = new Date('2026-12-01T12:00:00Z');

let db: Db;
let cohort: make.TestCohort;
let person: string;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort, { ib: 'Marloes Hendriks', teachers: 0 });
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  person = (await attendance.takingPart(db, cohort.id, now))[0]?.personId ?? '';
});

async function session(startsAt: string, presence: 'present' | 'absent' | null, hours = 3): Promise<void> {
  const id = await addSession(db, cohort.id, { startsAt, hours });
  if (presence === null) return;
  await attendance.mark(db, cohort.trainer, cohort.id, id, { personId: person, seen: null, presence }, now);
}
const certificate = () => certificates.ofParticipant(db, cohort.trainer, cohort.id, person, now);
const ofOwn = async () => certificates.own(db, await actorOfPerson(db, cohort, person), cohort.id, now);

describe('a certificate of attendance', () => {
  it('has the sessions at which somebody was, with hours, and no other', async () => {
    await session('2026-10-06T07:30:00.000Z', 'present');
    await session('2026-10-20T07:30:00.000Z', 'absent');
    await session('2026-11-03T08:30:00.000Z', 'present', 4);
    await addSession(db, cohort.id, { startsAt: '2026-11-10T08:30:00.000Z', cancelledAt: '2026-11-01T08:00:00.000Z' });
    const made = await certificate();
    expect(made).toMatchObject({ name: 'Marloes Hendriks', hours: 7, ahead: 0, open: 0 });
    expect(made.attended.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-10-06', '2026-11-03']);
    expect(await ofOwn()).toEqual(made);
    expect(await certificates.standing(db, cohort.id, person, now)).toEqual({ kind: 'whole' });
  });

  it('says that it is of the part so far while sessions are to come, or are not filled in', async () => {
    await session('2026-10-06T07:30:00.000Z', 'present');
    await session('2026-11-03T08:30:00.000Z', null);
    await session('2027-01-12T08:30:00.000Z', null);
    const made = await certificate();
    expect(made).toMatchObject({ ahead: 1, open: 1 });
    const text = (await pdfPages(await writePdf(certificateDocument(made, '2026-12-01', 'nl')))).join(' ');
    expect(text).toContain('Deelname tot nu toe');
    expect(text).toContain('er komt nog 1 bijeenkomst');
  });

  it('says until when somebody took part who stopped before the last session', async () => {
    await session('2026-10-06T07:30:00.000Z', 'present');
    const leave = (at: string | null) => db.updateTable('series').set({ left_at: at }).execute();
    await leave('2026-10-20T10:00:00.000Z');
    expect(await certificates.standing(db, cohort.id, person, now), 'no session came after').toEqual({ kind: 'whole' });
    await addSession(db, cohort.id, { startsAt: '2026-11-03T08:30:00.000Z', cancelledAt: '2026-11-01T08:00:00.000Z' });
    expect(await certificates.standing(db, cohort.id, person, now), 'cancelled').toEqual({ kind: 'whole' });
    await session('2027-01-12T08:30:00.000Z', null);
    expect(await certificates.standing(db, cohort.id, person, now)).toEqual({ kind: 'part' });
    expect(await certificates.listOf(db, cohort.id, now)).toMatchObject([{ personId: person, kind: 'part' }]);
    const made = await certificate();
    expect(made).toMatchObject({ ahead: 0, open: 0, until: '2026-10-20T10:00:00.000Z' });
    const text = (await pdfPages(await writePdf(certificateDocument(made, '2026-12-01', 'nl')))).join(' ');
    expect(text).toContain('Deelname aan een deel');
    expect(text).toMatch(/nam tot 20\D+10\D+2026 deel aan/);
    await leave(null);
    expect(await certificate(), 'takes part again').toMatchObject({ ahead: 1, until: null });
  });

  it('is not there before somebody was at a session, nor for anybody else', async () => {
    await session('2026-10-20T07:30:00.000Z', 'absent');
    await expect(certificate()).rejects.toMatchObject({ code: 'nothing_attended' });
    await expect(ofOwn()).rejects.toMatchObject({ code: 'nothing_attended' });
    const other = await make.makeCohort(db);
    const asked = certificates.ofParticipant(db, other.trainer, cohort.id, person, now);
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
    await expect(certificates.own(db, other.trainer, cohort.id, now)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('as a file', { timeout: 60_000 }, () => {
  it('is one sheet, also with three years of sessions, in the language of the reader, and written down', async () => {
    for (let month = 0; month < 33; month += 1) {
      const day = new Date(Date.UTC(2024, month % 30, 3 + Math.floor(month / 30), 8, 30));
      const id = await addSession(db, cohort.id, { startsAt: day.toISOString(), year: 1 + Math.floor(month / 11) });
      const mark = { personId: person, seen: null, presence: 'present' } as const;
      await attendance.mark(db, cohort.trainer, cohort.id, id, mark, now);
    }
    const { bytes, name } = await files.ofParticipant(db, cohort.trainer, cohort.id, person, { locale: 'en', now });
    const pages = await pdfPages(bytes);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('33 sessions, 99 hours in all.');
    expect(name).toBe('certificate-of-attendance-marloes-hendriks.pdf');
    expect(await pdfFacts(bytes)).toMatchObject({ language: 'en', fonts: true });
    const lines = db.selectFrom('audit_event').selectAll().where('action', '=', 'certificate.downloaded');
    expect(await lines.execute()).toHaveLength(1);
  });
});
