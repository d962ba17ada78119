/** `npm run bench`: measures onboardings: history, actions, time and memory. */
import { performance } from 'node:perf_hooks';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { onceNpmHasGone } from '../cli/stop-request.ts';
import { gatewayMemory } from './gateway/memory.ts';
import { reads } from './gateway/reads.ts';
import { starts } from './gateway/starts.ts';
import { webhooks } from './gateway/webhooks.ts';
import { importing } from './import/part.ts';
import { throughput } from './load/throughput.ts';
import { resume } from './load/resume.ts';
import { describeMachine, load } from './machine.ts';
import { memory } from './memory/part.ts';
import { processes } from './memory/processes.ts';
import type { Figures, Part } from './part.ts';
import { operator } from './operator/part.ts';
import { paths } from './paths/part.ts';
import { start } from './start.ts';
import { printFacts, printFigures, printSizes } from './print.ts';
import { pulse, whileProgressing } from './pulse.ts';
import { FULL, SHORT, type Sizes } from './sizes.ts';

const PARTS: readonly Part[] = [
  paths,
  throughput,
  resume,
  memory,
  processes,
  start,
  webhooks,
  starts,
  reads,
  gatewayMemory,
  importing,
  operator,
];

/** Longer than any step takes, even on a busy machine. */
const NO_PROGRESS_LIMIT_S = 300;

type Wanted = Partial<Pick<Sizes, 'runs' | 'onboardings' | 'concurrency' | 'seconds' | 'minutes'>>;

interface Options extends Wanted {
  readonly short?: true;
  readonly patience: number;
  readonly json?: true;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('It has to be a whole number from 1.');
  }
  return value;
}

function usually(what: string, size: keyof Wanted): string {
  return `${what} (${FULL[size]}; with --short ${SHORT[size]})`;
}

async function bench(names: readonly string[], options: Options): Promise<void> {
  const { short, patience, json, ...wanted } = options;
  const sizes: Sizes = { ...(short ? SHORT : FULL), ...wanted };
  const chosen = PARTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const machine = await describeMachine(say, chosen.includes(paths));
  if (!json) {
    printFacts(machine);
    printSizes(sizes);
  }
  const progress = (line: string) => {
    pulse();
    say(line);
  };
  const parts: Record<string, Figures> = {};
  for (const part of chosen) {
    say(`\n${part.name}: ${part.summary}`);
    const begin = performance.now();
    const figures = await whileProgressing(patience, () =>
      part.measure({ ...sizes, progress }),
    ).catch((error: unknown) => giveUp(part, error));
    parts[part.name] = figures;
    say(`${part.name} took ${Math.round((performance.now() - begin) / 1_000)} s`);
    if (!json) printFigures(part.name, figures);
    for (const sentence of figures.broken ?? []) {
      process.exitCode = 1;
      say(`✗ ${part.name}: ${sentence}`);
    }
  }
  if (json) console.log(JSON.stringify({ machine, settings: sizes, parts, 'load after': load() }));
  else printFacts({ '\nload after': load() });
}

/** Ends the process, and with it servers and simulators: a part that hangs would not end by itself. */
function giveUp({ name }: Part, error: unknown): never {
  say(`✗ ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(1);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// The SDK would only stop its workers; servers and simulators end with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}
onceNpmHasGone(() => process.exit(130));

await new Command('npm run bench --')
  .description(
    'Measures onboardings against the simulator, on Temporal servers started for the purpose.\n' +
      'Everything runs on this machine; docs/figures.md explains the figures.\n' +
      'Exits with 1 if a part fails or makes no progress, or if too many of its answers are wrong.',
  )
  .addArgument(
    new Argument('[parts...]', 'what to measure; default: everything').choices(
      PARTS.map(({ name }) => name),
    ),
  )
  .option('--short', 'as in CI: small versions of all parts, in about 2 minutes; not for figures')
  .option(
    '--runs <n>',
    usually('how often each thing is measured; medians are shown', 'runs'),
    count,
  )
  .option(
    '--onboardings <n>',
    usually('onboardings in each run of throughput, resume and import', 'onboardings'),
    count,
  )
  .option('--concurrency <n>', usually('how many run at a time (throughput)', 'concurrency'), count)
  .option('--seconds <n>', usually('how long each load on the gateway lasts', 'seconds'), count)
  .option('--minutes <n>', usually("how long the gateway's memory is measured", 'minutes'), count)
  .option(
    '--patience <seconds>',
    'how long a part may make no progress before it ends with an error',
    count,
    NO_PROGRESS_LIMIT_S,
  )
  .option('--json', 'print one JSON value on standard output')
  .addHelpText(
    'after',
    `\nParts:\n${PARTS.map((p) => `  ${p.name.padEnd(16)}${p.summary}`).join('\n')}`,
  )
  .action(bench)
  .parseAsync();
