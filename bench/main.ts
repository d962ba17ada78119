/** `npm run bench`: what an onboarding costs, in history, actions, time and memory. */
import { Argument, Command, InvalidArgumentError } from 'commander';
import { gatewayMemory } from './gateway/memory.ts';
import { reads } from './gateway/reads.ts';
import { starts } from './gateway/starts.ts';
import { webhooks } from './gateway/webhooks.ts';
import { importing } from './import/part.ts';
import { throughput } from './load/throughput.ts';
import { resume } from './load/resume.ts';
import { describeMachine } from './machine.ts';
import { memory } from './memory/part.ts';
import type { Figures, Part } from './part.ts';
import { paths } from './paths/part.ts';
import { start } from './start.ts';
import { printFigures, printMachine } from './print.ts';

const PARTS: readonly Part[] = [
  paths,
  throughput,
  resume,
  memory,
  start,
  webhooks,
  starts,
  reads,
  gatewayMemory,
  importing,
];

interface Options {
  readonly runs: number;
  readonly onboardings: number;
  readonly concurrency: number;
  readonly seconds: number;
  readonly minutes: number;
  readonly json?: true;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('It is a whole number from 1.');
  }
  return value;
}

async function bench(names: readonly string[], { json, ...sizes }: Options): Promise<void> {
  const progress = (line: string) => {
    process.stderr.write(`${line}\n`);
  };
  const machine = await describeMachine(progress);
  if (!json) printMachine(machine);
  const parts: Record<string, Figures> = {};
  for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    progress(`\n${part.name}: ${part.summary}`);
    const figures = await part.measure({ ...sizes, progress });
    parts[part.name] = figures;
    if (!json) printFigures(part.name, figures);
  }
  if (json) console.log(JSON.stringify({ machine, settings: sizes, parts }));
}

// The SDK would only stop its workers; servers and simulators end with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

await new Command('npm run bench --')
  .description(
    'Measures onboardings against the simulator, on Temporal servers started for the purpose.\n' +
      'Everything runs on this machine and needs nothing else; docs/figures.md explains the figures.',
  )
  .addArgument(
    new Argument('[parts...]', 'what to measure; everything where none is named').choices(
      PARTS.map(({ name }) => name),
    ),
  )
  .option('--runs <n>', 'how often each thing is measured; medians are shown', count, 3)
  .option('--onboardings <n>', 'onboardings in each run of throughput and resume', count, 200)
  .option('--concurrency <n>', 'how many of them are under way at a time (throughput)', count, 50)
  .option('--seconds <n>', 'how long each load on the gateway goes on', count, 60)
  .option('--minutes <n>', "how long the gateway's memory is watched", count, 10)
  .option('--json', 'print one JSON value on standard output')
  .addHelpText(
    'after',
    `\nParts:\n${PARTS.map((p) => `  ${p.name.padEnd(16)}${p.summary}`).join('\n')}`,
  )
  .action(bench)
  .parseAsync();
