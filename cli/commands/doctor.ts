import { Command } from 'commander';
import { examine, type CheckResult } from '../doctor/examine.ts';
import { EXIT } from '../exit-codes.ts';
import { createOutput } from '../output.ts';
import { paint, type Tone, plain } from '../text/style.ts';

/** `onboard doctor`: checks the set-up, and says how to repair it. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('check the set-up, and show how to repair it')
    .description(
      'Checks Node, the environment, Temporal, its namespace, search attributes and priorities, ' +
        'the workers, the credentials for AR24 and the clock. Requests one account from AR24, which ' +
        'changes nothing, and queues one task in Temporal, which it deletes again. Exits with 7 if ' +
        'a check failed.',
    )
    .option('--json', 'print JSON')
    .action(doctor);
}

async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const checks = await examine((check) => {
    if (!output.json) process.stdout.write(`${line(check)}\n`);
  });
  const countOf = (state: CheckResult['state']) =>
    checks.filter((one) => one.state === state).length;
  const bad = countOf('failed');
  const healthy = bad === 0;
  const summary = () => (healthy ? withWarnings(countOf('warning')) : needsMending(bad));
  output.result({ healthy, checks }, () => `\n${summary()}`);
  if (!healthy) process.exitCode = EXIT.unhealthy;
}

const MARKS = {
  ok: { tone: 'good', mark: '✓' },
  warning: { tone: 'todo', mark: '!' },
  failed: { tone: 'bad', mark: '✗' },
  skipped: { tone: 'quiet', mark: '-' },
} as const satisfies Record<CheckResult['state'], { tone: Tone; mark: string }>;

const NAME_WIDTH = 18;

function line({ check, state, found, todo }: CheckResult): string {
  const { tone, mark } = MARKS[state];
  const steps = todo.map((step) => `\n    ${plain(step)}`);
  return `${paint(tone, mark)} ${check.padEnd(NAME_WIDTH)}${plain(found)}${steps.join('')}`;
}

function withWarnings(count: number): string {
  if (count === 0) return 'All is well.';
  return `Nothing failed; ${count === 1 ? 'one warning' : `${count} warnings`}.`;
}

function needsMending(count: number): string {
  return count === 1 ? '1 thing needs mending.' : `${count} things need mending.`;
}
