import { Command, Help } from 'commander';
import { ENVIRONMENT_TABLE, type VariableRow } from '../environment/table.ts';
import { EXIT, EXIT_MEANINGS } from '../exit-codes.ts';

/** The topics of `onboard help TOPIC` that are no commands. */
export function helpTopics(): readonly Command[] {
  return [topic('environment', environment()), topic('exit-codes', exitCodes())];
}

export const HELP_TOPICS_HINT =
  '\nMore help:\n' +
  '  onboard help environment    the variables that configure it\n' +
  '  onboard help exit-codes     its exit codes';

/** Commander has help on commands only: each topic is a command that prints its help. */
function topic(name: string, text: string): Command {
  const command = new Command(name).action(() => {
    command.outputHelp();
  });
  command.createHelp = () => Object.assign(new Help(), { formatHelp: () => `${text}\n` });
  return command;
}

function environment(): string {
  return ENVIRONMENT_TABLE.map(
    (row) => `${row.name}  ${usage(row)}\n    ${row.meaning.replaceAll('`', '')}`,
  ).join('\n');
}

function usage({ default: byDefault, required, neededBy }: VariableRow): string {
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
