import { Command } from 'commander';
import { HELP_TOPICS_HINT, helpTopics } from './commands/help-topics.ts';
import { HELP_GROUP } from './commands/shared.ts';
import { version } from './version.ts';

/**
 * How to load each command. Only the typed command is loaded, so that `onboard status` is quick, and
 * `onboard worker` runs without the simulator's code.
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
  pause: async () => (await import('./commands/pause.ts')).pauseCommand(),
  resume: async () => (await import('./commands/resume.ts')).resumeCommand(),
  restored: async () => (await import('./commands/restored.ts')).restoredCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  remind: async () => (await import('./commands/remind.ts')).remindCommand(),
  extend: async () => (await import('./commands/extend.ts')).extendCommand(),
  override: async () => (await import('./commands/override.ts')).overrideCommand(),
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand(),
  'cancel-many': async () => (await import('./commands/cancel-many.ts')).cancelManyCommand(),
  erase: async () => (await import('./commands/erase.ts')).eraseCommand(),
  erasures: async () => (await import('./commands/erasures.ts')).erasuresCommand(),
  notify: async () => (await import('./commands/notify.ts')).notifyCommand(),
  up: async () => (await import('./commands/up.ts')).upCommand(),
  worker: async () => (await import('./commands/worker.ts')).workerCommand(),
  gateway: async () => (await import('./commands/gateway.ts')).gatewayCommand(),
  codec: async () => (await import('./commands/codec.ts')).codecCommand(),
  exporter: async () => (await import('./commands/exporter.ts')).exporterCommand(),
  policy: async () => (await import('./commands/policy.ts')).policyCommand(),
  key: async () => (await import('./commands/key.ts')).keyCommand(),
  simulator: async () => (await import('./commands/simulator.ts')).simulatorCommand(),
  probe: async () => (await import('./commands/probe.ts')).probeCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
};

const ADDRESS = /[^\s'",:<>]+@[^\s'",:<>]+\.\p{L}{2,}/gu;

/**
 * The program with the named command, or with all. Its `parseAsync()` throws the errors of the command.
 *
 * @param named the first argument, if any
 */
export async function createProgram(named = ''): Promise<Command> {
  const program = new Command('onboard')
    .description('Durable onboarding of AR24 senders, on Temporal.')
    .version(version())
    .showHelpAfterError('(onboard --help lists the commands, onboard COMMAND --help their options)')
    .configureOutput({
      // Commander repeats excess arguments, and one may be an address.
      outputError: (text, write) => {
        write(text.replace(ADDRESS, '…@…'));
      },
    })
    .commandsGroup(HELP_GROUP.run)
    .exitOverride();
  const load = Object.hasOwn(COMMANDS, named) ? COMMANDS[named] : undefined;
  const loads = load === undefined ? Object.values(COMMANDS) : [load];
  for (const loadCommand of loads) {
    const command = (await loadCommand()).copyInheritedSettings(program);
    for (const one of command.commands) one.copyInheritedSettings(program);
    program.addCommand(command);
  }
  for (const topic of helpTopics()) program.addCommand(topic, { hidden: true });
  program.addHelpText('after', HELP_TOPICS_HINT);
  return program;
}
