/** The tables of docs/, generated from the code. */
import type { Command } from 'commander';
import { ALLOWED_LICENCES, LICENCES_BY_HAND } from '../../checks/allowed-licences.ts';
import { environmentMarkdown, READERS } from '../../cli/environment/table.ts';
import { EXIT, EXIT_MEANINGS } from '../../cli/exit-codes.ts';
import { createProgram } from '../../cli/program.ts';
import { PROBLEMS } from '../../gateway/problems/codes.ts';
import type { MetricDefinitions } from '../../metrics/definition.ts';
import { PROCESSES } from '../metrics/list.ts';
import { licenceOf, readBill } from '../checks/sbom.ts';
import { CAPACITY_TABLES } from './capacity.ts';

type Table = () => Promise<string>;

/** The tables of a file, each by the name in its markers. */
export const TABLES: Readonly<Record<string, Readonly<Record<string, Table>>>> = {
  'docs/capacity.md': CAPACITY_TABLES,
  'docs/commands.md': { commands: commandsTable, 'exit-codes': exitCodesTable },
  'docs/configuration.md': Object.fromEntries(
    READERS.map((reader) => [reader, () => Promise.resolve(environmentMarkdown(reader))]),
  ),
  'docs/integrating.md': { problems: problemsTable },
  'docs/metrics.md': { metrics: () => Promise.resolve(metricsTable()) },
  'docs/licences.md': { licences: licencesTable },
};

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

/** Each metric once, with all processes that export it. */
function metricsTable(): string {
  const all: MetricDefinitions = Object.assign(
    {},
    ...Object.values(PROCESSES),
  ) as MetricDefinitions;
  const rows = Object.entries(all).map(([name, { type, help, unit, labels }]) => {
    const by = Object.entries(PROCESSES).flatMap(([process, list]) =>
      name in list ? process : [],
    );
    const written = Object.entries(labels).map(
      ([label, values]) => `\`${label}\`: ${'from' in values ? values.from : values.join(', ')}`,
    );
    return `| \`${name}\` | ${type} | ${unit} | ${written.join('; ')} | ${by.join(', ')} | ${help} |`;
  });
  const head = ['| metric | type | unit | labels | exported by | meaning |'];
  return [...head, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** More than these are not named: the bill of materials names all. */
const FEW = 11;

async function licencesTable(): Promise<string> {
  const { components } = await readBill();
  const rows = [...ALLOWED_LICENCES].map(([licence, why]) => {
    const names = components.flatMap((one) => {
      const byHand = LICENCES_BY_HAND.get(one.name);
      if ((licenceOf(one) ?? byHand?.licence) !== licence) return [];
      return [`\`${one.name}\`${byHand === undefined ? '' : ` (by ${byHand.where})`}`];
    });
    const packages = [...new Set(names)].sort();
    return `| ${licence} | ${why} | ${packages.length > FEW ? 'many' : packages.join(', ')} |`;
  });
  return ['| licence | why it may be used | packages |', '| --- | --- | --- |', ...rows].join('\n');
}
