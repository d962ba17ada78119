/**
 * Every command in README, docs/ and `--help` is run by a test, or shown.ts has the reason why not.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import { allBlocks, commandsOf, PROJECT, TEXTS } from './blocks.ts';
import type { RunBy } from './run-by.ts';
import { SHOWN_BY_HELP } from './shown-by-help.ts';
import { SHOWN } from './shown.ts';

const blocks = await allBlocks();

/** Diagrams are not run. */
function shownIn(file: string): readonly string[] {
  return blocks
    .filter((block) => block.file === file && block.language !== 'mermaid')
    .flatMap(({ language, text }) =>
      language === 'sh' ? commandsOf(text) : [`${language}: ${text}`],
    )
    .map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

describe.each(TEXTS)('%s', (file) => {
  const listed = Object.keys(SHOWN[file] ?? {});
  const entryOf = (shown: string): string | undefined =>
    listed.find((entry) =>
      entry.endsWith('…') ? shown.startsWith(entry.slice(0, -1)) : shown === entry,
    );

  test('shows only listed commands', () => {
    expect(shownIn(file).filter((shown) => entryOf(shown) === undefined)).toEqual([]);
  });

  test('shows every listed command', () => {
    const used = new Set(shownIn(file).map(entryOf));
    expect(listed.filter((entry) => !used.has(entry))).toEqual([]);
  });
});

test('the test that runs a command exists', () => {
  const entries = [...Object.values(SHOWN), SHOWN_BY_HELP].flatMap((list) => Object.entries(list));
  const missing = entries.filter(([, runBy]) => !exists(runBy)).map(([shown]) => shown);
  expect(missing).toEqual([]);
});

function exists({ by, notRun }: RunBy): boolean {
  if (by === undefined) return notRun !== undefined;
  const [file, words] = by;
  return existsSync(PROJECT + file) && readFileSync(PROJECT + file, 'utf8').includes(words);
}

describe('examples of --help', () => {
  const examples = new Map<Command, readonly string[]>();

  beforeAll(async () => {
    for (const command of (await createProgram()).commands) {
      const lines = [...helpOf(command).matchAll(/^ {2}(?:\$ )?((?:jq [^|]*\| )?onboard .*)$/gm)];
      const found = lines.map(([, line = '']) => line);
      if (found.length > 0) examples.set(command, found);
    }
  });

  test('are listed, command by command', () => {
    const commands = [...examples.keys()].map((command) => command.name());
    expect(commands.sort()).toEqual(Object.keys(SHOWN_BY_HELP).sort());
  });

  test('have options and arguments that the command accepts', () => {
    const wrong = [...examples].flatMap(([command, lines]) =>
      lines.filter((line) => !isAccepted(command, line)),
    );
    expect(wrong).toEqual([]);
  });
});

/** The whole help, with the text after the options. */
function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

function isAccepted(command: Command, line: string): boolean {
  const [, after = ''] = line.split(/\bonboard /);
  const [typed = ''] = after.split(/ [|<] /);
  const words = [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
  const [name, ...rest] = words.map(String);
  const { operands, unknown } = command.parseOptions(rest);
  const needed = command.registeredArguments.filter(({ required }) => required).length;
  const { length: most } = command.registeredArguments;
  const fits = operands.length >= needed && operands.length <= most;
  return name === command.name() && unknown.length === 0 && fits;
}

test.each([
  ['the help of the benchmark', 'bench/main.ts', '--short'],
  ['the help of the drills', 'drill/main.ts', '--without <drill>'],
])('%s shows its options', async (_what, program, option) => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROJECT + program, '--help']);
  expect(stdout).toContain(option);
});
