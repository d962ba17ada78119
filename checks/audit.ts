/**
 * `npm run check:audit`: nothing that runs in production has a known hole of the grades high or critical.
 *
 * A registry that gives no answer is no reason to fail, and none to be silent either: it is said, and with
 * `-- --answer-needed` it fails too, as before a release.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { tell, type Verdict } from './audit/verdict.ts';

const UNANSWERED = 3;
/** npm would try for minutes otherwise. */
const PATIENCE = ['--fetch-retries=1', '--fetch-timeout=30000'];

const { values } = parseArgs({ options: { 'answer-needed': { type: 'boolean', default: false } } });
const verdict = tell(await auditInJson());
const log = verdict.kind === 'clean' ? console.log : console.error;
log(verdict.words);
process.exitCode = exitCodeOf(verdict);

async function auditInJson(): Promise<string> {
  const audit = ['audit', '--json', '--omit=dev', '--audit-level=high', ...PATIENCE];
  const npm = spawn('npm', audit, { stdio: ['ignore', 'pipe', 'ignore'] });
  return text(npm.stdout);
}

function exitCodeOf({ kind }: Verdict): number {
  switch (kind) {
    case 'clean':
      return 0;
    case 'holes':
      return 1;
    case 'unanswered':
      return values['answer-needed'] ? UNANSWERED : 0;
  }
}
