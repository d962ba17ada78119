import { Command } from 'commander';
import { examine, type Told } from '../doctor/examine.ts';
import { EXIT } from '../exit-codes.ts';
import { createOutput } from '../output.ts';
import { paint, type Tone } from '../text/colour.ts';
import { plain } from '../text/plain.ts';

/** `onboard doctor`: what is well, what is not, and what to do about it. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('find out whether everything is set up, and what to do')
    .description(
      'Looks at Node, the environment, Temporal, its namespace, search attributes and priorities, ' +
        'the workers, the credentials for AR24 and the clock. Asks AR24 for one account, which ' +
        'changes nothing, and queues one task in Temporal that it deletes again. Exits with 7 if ' +
        'something needs mending.',
    )
    .option('--json', 'print JSON')
    .action(doctor);
}

async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const checks = await examine((told) => {
    if (!output.json) process.stdout.write(`${line(told)}\n`);
  });
  const bad = checks.filter(({ state }) => state === 'failed').length;
  const healthy = bad === 0;
  output.result({ healthy, checks }, () => `\n${healthy ? 'All is well.' : needsMending(bad)}`);
  if (!healthy) process.exitCode = EXIT.unhealthy;
}

const MARKS = {
  ok: { tone: 'good', mark: '✓' },
  warning: { tone: 'todo', mark: '!' },
  failed: { tone: 'bad', mark: '✗' },
  skipped: { tone: 'quiet', mark: '-' },
} as const satisfies Record<Told['state'], { tone: Tone; mark: string }>;

const NAME_WIDTH = 18;

function line({ check, state, found, todo }: Told): string {
  const { tone, mark } = MARKS[state];
  const steps = todo.map((step) => `\n    ${plain(step)}`);
  return `${paint(tone, mark)} ${check.padEnd(NAME_WIDTH)}${plain(found)}${steps.join('')}`;
}

function needsMending(count: number): string {
  return count === 1 ? '1 thing needs mending.' : `${count} things need mending.`;
}
