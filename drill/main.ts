/** `npm run drill`: kills and disturbs all processes; no onboarding may be lost. */
import { Argument, Command, InvalidArgumentError } from 'commander';
import { onceNpmHasGone } from '../cli/stop-request.ts';
import { gameDay, STACK_NAMES, type GameDayOptions } from './gameday/gameday.ts';
import { DRILLS } from './drills/index.ts';
import type { Drill, DrillSettings } from './drill.ts';
import { isWell, outcomeOf, prepare, type DrillOutcome } from './outcome.ts';
import { buildPackage } from './processes/built.ts';
import { remarks, table } from './report.ts';

interface Options {
  readonly short?: true;
  readonly seed: number;
  readonly atATime?: number;
  readonly without: readonly string[];
  readonly rows: number;
  readonly back?: number;
  readonly onboardings?: number;
}

const NAMES = DRILLS.map(({ name }) => name);
const AT_A_TIME = { short: 4, long: 1 } as const;

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It has to be a whole number from 1.');
  }
  return value;
}

/** Collects the names of repeated `--without` options. */
function leftOut(name: string, before: readonly string[]): readonly string[] {
  if (!NAMES.includes(name)) {
    throw new InvalidArgumentError(`The drills are ${NAMES.join(', ')}.`);
  }
  return [...before, name];
}

/** Collects the names of repeated `--only` options. */
function stackName(name: string, before: readonly string[]): readonly string[] {
  if (!STACK_NAMES.includes(name)) {
    throw new InvalidArgumentError(`The stacks are ${STACK_NAMES.join(', ')}.`);
  }
  return [...before, name];
}

async function drill(names: readonly string[], options: Options): Promise<void> {
  const { short, seed, rows, back, onboardings, atATime, without } = options;
  const length = short ? 'short' : 'long';
  const chosen = DRILLS.filter(({ name, isLong }) =>
    names.length === 0 ? !(short && isLong) : names.includes(name),
  );
  const settingsOf = ({ name }: Drill): Omit<DrillSettings, 'onboard'> => ({
    length,
    seed,
    rows,
    backMinutes: back,
    onboardings,
    progress: (line) => {
      say(`${name}: ${line}`);
    },
  });
  const outcomes = new Map<string, DrillOutcome>();
  const note = (outcome: DrillOutcome): void => {
    outcomes.set(outcome.drill, outcome);
    for (const line of [rowOf(outcome), ...remarks(outcome)]) say(line);
  };
  for (const one of chosen) {
    const outcome: DrillOutcome | undefined = without.includes(one.name)
      ? { drill: one.name, seed, kind: 'left-out' }
      : await prepare(one, settingsOf(one));
    if (outcome !== undefined) note(outcome);
  }
  const ready = chosen.filter(({ name }) => !outcomes.has(name));
  if (ready.length > 0) await runAll(ready, settingsOf, atATime ?? AT_A_TIME[length], note);
  printTable(chosen.flatMap(({ name }) => outcomes.get(name) ?? []));
}

async function runAll(
  drills: readonly Drill[],
  settingsOf: (one: Drill) => Omit<DrillSettings, 'onboard'>,
  atATime: number,
  note: (outcome: DrillOutcome) => void,
): Promise<void> {
  say('building the package');
  const built = await buildPackage();
  try {
    const { onboard } = built;
    const left = drills.values();
    const lane = async (): Promise<void> => {
      for (const one of left) {
        say(`${one.name}: ${one.summary}`);
        note(await outcomeOf(one, { ...settingsOf(one), onboard }));
      }
    };
    await Promise.all(Array.from({ length: atATime }, lane));
  } finally {
    await built.remove();
  }
}

/** Printed after each drill, in case the run is interrupted. */
function rowOf(outcome: DrillOutcome): string {
  return table([outcome]).split('\n').at(-1) ?? '';
}

function printTable(outcomes: readonly DrillOutcome[]): void {
  console.log(table(outcomes));
  console.log();
  for (const line of outcomes.flatMap(remarks)) console.log(line);
  if (!outcomes.every(isWell)) process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// Handlers of the `exit` event clear what is left.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}
onceNpmHasGone(() => process.exit(130));

const program = new Command('npm run drill --')
  // Options behind the name of a command are those of the command.
  .enablePositionalOptions()
  .description(
    'Kills and disturbs real processes that onboard senders at the simulator, and compares the result with its ' +
      'ledger: no onboarding lost, no account created twice, none stuck, no more mails than needed plus one for ' +
      'each lost answer. Exits with 1 if this does not hold, or if a drill cannot be run. See docs/reliability.md.',
  )
  .addArgument(new Argument('[drills...]', 'default: all').choices(NAMES))
  .option(
    '--short',
    'as in CI: few onboardings and kills, about a minute each; without the drills that take longer',
  )
  .option('--without <drill>', 'leave this drill out; may be repeated', leftOut, [])
  .option('--seed <n>', "determines the customers and AR24's faults", whole, 1)
  .option('--rows <n>', 'rows in the visibility store, for the drill upgrade', whole, 1_000)
  .option(
    '--back <minutes>',
    'how long before the loss the moment is to which the drill restore goes back (default: 1, with --short 20 s)',
    whole,
  )
  .option(
    '--onboardings <n>',
    'how many sign up in the drill restore (default: 300, with --short 30)',
    whole,
  )
  .option('--at-a-time <n>', 'how many run side by side (1; with --short 4)', whole)
  .addHelpText(
    'after',
    `\nDrills:\n${DRILLS.map((one) => `  ${one.name.padEnd(14)}${one.summary}`).join('\n')}`,
  )
  .action(drill);
program
  .command('gameday')
  .summary('not among all: fires the alerts on the topology of production, for 100 minutes')
  .description(
    'Brings troubles about on Temporal with PostgreSQL, with Prometheus and deploy/observability/rules.yml, until ' +
      'each alert has fired, follows its page in docs/runbooks/alerts.md, and waits until it has ended. Exits with 1 ' +
      'if an alert does not fire or end. See docs/reliability.md.',
  )
  .option('--short', 'divides the times of the rules by ten, to try this drill itself')
  .option('--only <stack>', `one of ${STACK_NAMES.join(', ')}; may be repeated`, stackName, [])
  .action(async (options: GameDayOptions) => {
    const sayWithTime = (line: string): void => {
      say(`${new Date().toISOString().slice(11, 19)} ${line}`);
    };
    const allFiredAndEnded = await gameDay(options, sayWithTime);
    if (!allFiredAndEnded) process.exitCode = 1;
  });
await program.parseAsync();
