import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';

/** All commands. `createProgram().parseAsync()` throws what a command throws. */
export function createProgram(): Command {
  const program = new Command('onboard')
    .description('Durable onboarding of AR24 senders, on Temporal.')
    .version(version())
    .showHelpAfterError('(onboard --help tells the commands, onboard COMMAND --help their options)')
    .exitOverride();
  const commands = [checkCommand()];
  for (const command of commands) {
    program.addCommand(command.copyInheritedSettings(program));
  }
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
