import { Command } from 'commander';
import { HELP_GROUP } from '../help-groups.ts';
import { createCommand } from './key/create.ts';
import { rotateCommand } from './key/rotate.ts';
import { secretCommands } from './key/secret.ts';

/** `onboard key`: keys and secrets. */
export function keyCommand(): Command {
  const key = new Command('key')
    .helpGroup(HELP_GROUP.run)
    .summary('make keys, and change them')
    .description('Makes keys. Nothing is kept: what is printed is to be seen this once.')
    .addCommand(createCommand());
  for (const command of secretCommands()) key.addCommand(command);
  return key.addCommand(rotateCommand());
}
