/** The tables of README and docs/, as the code has them. */
import type { Command } from 'commander';
import { environmentMarkdown } from '../../cli/environment/table.ts';
import { EXIT, EXIT_MEANINGS } from '../../cli/exit-codes.ts';
import { createProgram } from '../../cli/program.ts';
import { PROBLEMS } from '../../gateway/problems/codes.ts';

export const TABLES = {
  commands: commandsTable,
  'exit-codes': exitCodesTable,
  environment: () => Promise.resolve(environmentMarkdown()),
} as const satisfies Readonly<Record<string, () => Promise<string>>>;

/** In which file, under which name. */
export const TABLES_IN_DOCS = {
  'docs/integrating.md': { problems: problemsTable },
} as const;

async function commandsTable(): Promise<string> {
  const program = await createProgram();
  const visible = program.createHelp().visibleCommands(program);
  const rows = visible
    .filter((command) => command.name() !== 'help')
    .map((command) => `| \`${usage(command)}\` | ${command.summary()} |`);
  return ['| command | does |', '| --- | --- |', ...rows].join('\n');
}

/** Its name and arguments; the options are in its help. */
function usage(command: Command): string {
  const names = command.registeredArguments.map((argument) => {
    const name = argument.name().toUpperCase();
    return argument.required ? name : `[${name}]`;
  });
  return [command.name(), ...names].join(' ');
}

function exitCodesTable(): Promise<string> {
  const meanings = new Map(Object.entries(EXIT_MEANINGS));
  const rows = Object.entries(EXIT).map(
    ([name, code]) => `| ${code} | ${meanings.get(name) ?? ''} |`,
  );
  return Promise.resolve(['| exit code | means |', '| --- | --- |', ...rows].join('\n'));
}

function problemsTable(): Promise<string> {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, help }]) => `| \`${code}\` | ${status} | ${title}. ${help} |`,
  );
  return Promise.resolve(['| code | status | means |', '| --- | --- | --- |', ...rows].join('\n'));
}
