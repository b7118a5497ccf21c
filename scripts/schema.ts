/**
 * Writes src/lib/server/db/schema.ts, the table types, from the migrations; `--check` fails when it is stale.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, getDialect, RawExpressionNode } from 'kysely-codegen';
import { format } from 'prettier';
import { migrate } from '#lib/server/db/migrate.ts';
import { openDatabase } from '#lib/server/db/open.ts';

/** Columns whose check constraint is a closed set: the generator sees text only. */
const closedSets: Record<string, string> = {
  'instrument_version.status': "'draft' | 'published' | 'retired'",
  'programme_template.status': "'draft' | 'published' | 'retired'",
  'training_session.event': "'two_day' | null",
  'role_grant.role': "'admin' | 'trainer' | 'steering'",
  'team_member.role': "'director' | 'ib' | 'teacher'",
  'round.origin': "'app' | 'import'",
  'round.status': "'planned' | 'open' | 'closed'",
  'school_round.mode': "'protected' | 'open'",
  'invitation.role': "'director' | 'ib' | 'teacher'",
  'response.status': "'started' | 'submitted'",
  'answer.reason': "'not_seen' | 'unclear' | null",
  'scale_answer.moment': "'now' | 'then'",
  'user.language': "Generated<'nl' | 'en'>",
  'person.language': "Generated<'nl' | 'en'>",
  'registration_entry.language': "'nl' | 'en'",
  'mail.template':
    "'sign_in' | 'invitation' | 'reminder' | 'replacement' | 'address_replaced' | 'receipt' | 'report_released' | 'trainer_summary' | 'test' | 'account_added' | 'account_changed' | 'feedback_given' | 'registration'",
  'mail.language': "'nl' | 'en'",
  'programme_note.kind': "'decision' | 'comment'",
  'assignment.kind': "'action_plan' | null",
  'hand_in_file.kind': "'pdf' | 'docx' | 'odt' | 'pptx' | 'odp' | 'jpg' | 'png'",
  'attendance.role': "'director' | 'ib'",
  'attendance.presence': "'present' | 'absent'",
  'wording_proposal.status': "'open' | 'taken' | 'declined'",
  'mail.status': "'waiting' | 'sent' | 'failed' | 'dropped'",
  'mail_trouble.code':
    "'unreachable' | 'certificate_refused' | 'encryption_failed' | 'sign_in_refused' | 'sender_refused'",
  'job_run.outcome': "'done' | 'failed'",
  'journal_entry.kind':
    "'person_erased' | 'account_ended' | 'role_ended' | 'second_factor_ended' | 'invitation_withdrawn' | 'invitation_restored' | 'invitation_replaced' | 'invitation_link_ended' | 'consent_withdrawn' | 'consent_given' | 'consent_taken_back' | 'cohort_cleared' | 'cohort_answers_cleared' | 'registration_director_erased'",
  'retention.answers': "Generated<'kept' | 'erased'>",
  'retention_cohort.answers': "Generated<'kept' | 'erased'>",
  'view_gone.view': "'director' | 'ib' | 'teacher'",
  'privacy_contact.basis': "'legitimate_interest' | 'public_task'",
  'demonstration.kind': "'cohort' | 'programme' | 'partnership' | 'user'",
};

const target = new URL('../src/lib/server/db/schema.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'drieluik-schema-'));
const database = await openDatabase({ file: join(folder, 'schema.sqlite') });
try {
  await migrate(database.db);
  const columns = Object.fromEntries(
    Object.entries(closedSets).map(([column, type]) => [column, new RawExpressionNode(type)]),
  );
  const text = await generate({
    db: database.db,
    dialect: getDialect('sqlite'),
    outFile: null,
    excludePattern: 'kysely_*',
    overrides: { columns },
  });
  const formatted = await format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 });
  if (!process.argv.includes('--check')) {
    writeFileSync(target, formatted);
  } else if (readFileSync(target, 'utf8') !== formatted) {
    console.error('src/lib/server/db/schema.ts is stale: run "npm run schema"');
    process.exitCode = 1;
  }
} finally {
  await database.close();
  rmSync(folder, { recursive: true });
}
