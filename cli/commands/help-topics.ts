import { Command, Help } from 'commander';
import { ENVIRONMENT_TABLE, type TableRow } from '../environment/table.ts';
import { EXIT, EXIT_MEANINGS } from '../exit-codes.ts';

/** What `onboard help TOPIC` tells beside the commands. */
export function helpTopics(): readonly Command[] {
  return [topic('environment', environment()), topic('exit-codes', exitCodes())];
}

export const HELP_TOPICS_HINT =
  '\nMore help:\n' +
  '  onboard help environment    the variables that configure it\n' +
  '  onboard help exit-codes     what it exits with';

/** Commander knows help on commands only, so that each topic is a command which only has a help. */
function topic(name: string, text: string): Command {
  const command = new Command(name).action(() => {
    command.outputHelp();
  });
  command.createHelp = () => Object.assign(new Help(), { formatHelp: () => `${text}\n` });
  return command;
}

function environment(): string {
  return ENVIRONMENT_TABLE.map(
    (row) => `${row.name}  ${standing(row)}\n    ${row.meaning.replaceAll('`', '')}`,
  ).join('\n');
}

function standing({ default: byDefault, required, neededBy }: TableRow): string {
  const needed = neededBy.join(', ');
  if (byDefault !== null) return `[${byDefault}] (${needed})`;
  return required ? `(${needed}; required)` : `(${needed})`;
}

function exitCodes(): string {
  return Object.entries(EXIT)
    .map(([name, code]) => `${String(code).padStart(4)}  ${meaning(name)}`)
    .join('\n');
}

function meaning(name: string): string {
  return new Map(Object.entries(EXIT_MEANINGS)).get(name)?.replaceAll('`', '') ?? '';
}
