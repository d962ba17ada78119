/**
 * `npm run check:audit`: no package in production has a known vulnerability of severity high or critical.
 *
 * If the registry does not answer, the check prints a warning and passes. With `-- --answer-needed`, for use
 * before a release, it fails.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { readAudit, type AuditVerdict } from './audit/verdict.ts';

const UNCONFIRMED = 3;
/** Otherwise npm would retry for minutes. */
const RETRY_LIMITS = ['--fetch-retries=1', '--fetch-timeout=30000'];

const { values } = parseArgs({ options: { 'answer-needed': { type: 'boolean', default: false } } });
const verdict = readAudit(await auditInJson());
const log = verdict.kind === 'clean' ? console.log : console.error;
log(verdict.text);
process.exitCode = exitCodeOf(verdict);

async function auditInJson(): Promise<string> {
  const audit = ['audit', '--json', '--omit=dev', '--audit-level=high', ...RETRY_LIMITS];
  const npm = spawn('npm', audit, { stdio: ['ignore', 'pipe', 'ignore'] });
  return text(npm.stdout);
}

function exitCodeOf({ kind }: AuditVerdict): number {
  switch (kind) {
    case 'clean':
      return 0;
    case 'vulnerable':
      return 1;
    case 'unknown':
      return values['answer-needed'] ? UNCONFIRMED : 0;
  }
}
