import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { HELP_TOPICS_HINT, helpTopics } from './commands/help-topics.ts';
import { HELP_GROUP } from './help-groups.ts';

/**
 * Each command with what it takes to load it: only the one that was typed is loaded, so that
 * `onboard status` is quick, and `onboard worker` runs without a line of the simulator.
 */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  link: async () => (await import('./commands/link.ts')).linkCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  register: async () => (await import('./commands/register.ts')).registerCommand(),
  'correct-address': async () =>
    (await import('./commands/correct-address.ts')).correctAddressCommand(),
  accept: async () => (await import('./commands/accept.ts')).acceptCommand(),
  refuse: async () => (await import('./commands/refuse.ts')).refuseCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  watch: async () => (await import('./commands/watch.ts')).watchCommand(),
  list: async () => (await import('./commands/list.ts')).listCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  remind: async () => (await import('./commands/remind.ts')).remindCommand(),
  extend: async () => (await import('./commands/extend.ts')).extendCommand(),
  override: async () => (await import('./commands/override.ts')).overrideCommand(),
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand(),
  erase: async () => (await import('./commands/erase.ts')).eraseCommand(),
  up: async () => (await import('./commands/up.ts')).upCommand(),
  worker: async () => (await import('./commands/worker.ts')).workerCommand(),
  gateway: async () => (await import('./commands/gateway.ts')).gatewayCommand(),
  codec: async () => (await import('./commands/codec.ts')).codecCommand(),
  key: async () => (await import('./commands/key.ts')).keyCommand(),
  simulator: async () => (await import('./commands/simulator.ts')).simulatorCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
};

const ADDRESS = /[^\s'",:<>]+@[^\s'",:<>]+\.\p{L}{2,}/gu;

/**
 * All commands, or the one that is meant. `parseAsync()` then throws what a command throws.
 *
 * @param named the first argument, if any
 */
export async function createProgram(named = ''): Promise<Command> {
  const program = new Command('onboard')
    .description('Durable onboarding of AR24 senders, on Temporal.')
    .version(version())
    .showHelpAfterError('(onboard --help tells the commands, onboard COMMAND --help their options)')
    .configureOutput({
      // Excess arguments are repeated, and an address may be among them.
      outputError: (text, write) => {
        write(text.replace(ADDRESS, '…@…'));
      },
    })
    .commandsGroup(HELP_GROUP.run)
    .exitOverride();
  const meant = Object.hasOwn(COMMANDS, named) ? COMMANDS[named] : undefined;
  const loads = meant === undefined ? Object.values(COMMANDS) : [meant];
  for (const load of loads) {
    const command = (await load()).copyInheritedSettings(program);
    for (const one of command.commands) one.copyInheritedSettings(program);
    program.addCommand(command);
  }
  for (const topic of helpTopics()) program.addCommand(topic, { hidden: true });
  program.addHelpText('after', HELP_TOPICS_HINT);
  return program;
}

/** Two folders up in the built package, one up in a clone. */
function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { version: found } = JSON.parse(
        readFileSync(new URL(path, import.meta.url), 'utf8'),
      ) as { readonly version: string };
      return found;
    } catch {
      // The other one, then.
    }
  }
  return 'unknown';
}
