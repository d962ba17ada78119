/** `npm run drill`: everything that can die is killed, and nothing may be lost. */
import { Argument, Command, InvalidArgumentError } from 'commander';
import { DRILLS } from './drills/index.ts';
import type { Drill, DrillSettings } from './drill.ts';
import { isWell, outcomeOf, type Outcome } from './outcome.ts';
import { buildPackage } from './processes/built.ts';
import { remarks, table } from './report.ts';

interface Options {
  readonly short?: true;
  readonly seed: number;
  readonly atATime?: number;
}

const AT_A_TIME = { short: 3, long: 1 } as const;

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It is a whole number from 1.');
  }
  return value;
}

async function drill(names: readonly string[], { short, seed, atATime }: Options): Promise<void> {
  const length = short ? 'short' : 'long';
  const chosen = DRILLS.filter(({ name }) => names.length === 0 || names.includes(name));
  say('building the package');
  const built = await buildPackage();
  try {
    const { onboard } = built;
    const settingsOf = ({ name }: Drill): DrillSettings => ({
      length,
      seed,
      onboard,
      progress: (line) => {
        say(`${name}: ${line}`);
      },
    });
    const outcomes = new Map<string, Outcome>();
    const left = chosen.values();
    const lane = async (): Promise<void> => {
      for (const one of left) {
        say(`${one.name}: ${one.summary}`);
        const outcome = await outcomeOf(one, settingsOf(one));
        outcomes.set(one.name, outcome);
        for (const line of [rowOf(outcome), ...remarks(outcome)]) say(line);
      }
    };
    await Promise.all(Array.from({ length: atATime ?? AT_A_TIME[length] }, lane));
    tell(chosen.flatMap(({ name }) => outcomes.get(name) ?? []));
  } finally {
    await built.remove();
  }
}

/** What a run that is broken off later has shown so far. */
function rowOf(outcome: Outcome): string {
  return table([outcome]).split('\n').at(-1) ?? '';
}

function tell(outcomes: readonly Outcome[]): void {
  console.log(table(outcomes));
  console.log();
  for (const line of outcomes.flatMap(remarks)) console.log(line);
  if (!outcomes.every(isWell)) process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// What must not be left behind is cleared as this process ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}

await new Command('npm run drill --')
  .description(
    'Kills, cuts off, fills up and confuses what onboards senders, with real processes against the simulator, and ' +
      'holds the end against its ledger: none lost, no account twice, none stuck, no mail more than needed ' +
      'and answers lost. Exits with 1 if any of that does not hold. docs/reliability.md tells more.',
  )
  .addArgument(
    new Argument('[drills...]', 'which; all where none is named').choices(
      DRILLS.map(({ name }) => name),
    ),
  )
  .option('--short', 'as in CI: few onboardings, about a minute each')
  .option('--seed <n>', 'who signs up, and what AR24 spoils', whole, 1)
  .option('--at-a-time <n>', 'how many run side by side (1; with --short 3)', whole)
  .addHelpText(
    'after',
    `\nDrills:\n${DRILLS.map((one) => `  ${one.name.padEnd(14)}${one.summary}`).join('\n')}`,
  )
  .action(drill)
  .parseAsync();
