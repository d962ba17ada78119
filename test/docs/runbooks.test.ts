/** Each incident in docs/runbooks/ has the same form, fits a screen, and is found from the index. */
import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { blocksOf, commandsOf, PROJECT, RUNBOOKS } from './blocks.ts';

const INDEX = 'docs/runbooks/README.md';
/** A section for each alert; test/deploy/rules.test.ts compares it with the rules. */
const ALERTS = 'docs/runbooks/alerts.md';
const INCIDENTS = RUNBOOKS.filter((file) => file !== INDEX && file !== ALERTS);
const MOST_LINES = 70;
const PARTS = ['Symptom', 'Check', 'Act', 'Verify'];

describe.each(INCIDENTS)('%s', (file) => {
  test('says what is seen, how to check it, what to do and how to verify it', async () => {
    const text = await readFile(PROJECT + file, 'utf8');
    const parts = [...text.matchAll(/^## (\w+)/gm)].map(([, word]) => word);
    expect([...new Set(parts)]).toEqual(PARTS);
  });

  test('is named by the index', async () => {
    const index = await readFile(PROJECT + INDEX, 'utf8');
    expect(index).toContain(`](${file.replace('docs/runbooks/', '')})`);
  });
});

test.each([INDEX, ...INCIDENTS])('%s fits a screen', async (file) => {
  const text = await readFile(PROJECT + file, 'utf8');
  expect(text.split('\n').length - 1).toBeLessThanOrEqual(MOST_LINES);
});

/** In blocks, and inside of sentences. */
async function commandsIn(file: string): Promise<readonly string[]> {
  const blocks = await blocksOf(file);
  const prose = (await readFile(PROJECT + file, 'utf8')).replaceAll(/^```[^]*?^```/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  // The definition of the shell's function `onboard` is no command.
  return [...blocks.flatMap(({ text }) => commandsOf(text)), ...inline].filter(
    (line) => !line.includes('"$@"'),
  );
}

test.each(RUNBOOKS)(
  'each command in %s has arguments and options that onboard accepts',
  async (file) => {
    const program = await createProgram();
    const wrong = (await commandsIn(file))
      .flatMap((line) => [...line.matchAll(/(?<![-\w/])onboard ([^|<>]*)/g)])
      .map(([, typed = '']) => typed)
      .filter((typed) => {
        const [name = '', ...rest] = [...typed.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word);
        const command = program.commands.find((one) => one.name() === name);
        const found = command?.commands.find((one) => one.name() === rest[0]) ?? command;
        if (found === undefined) return true;
        const words = found === command ? rest : rest.slice(1);
        const { operands, unknown } = found.parseOptions(
          words
            .filter((word) => word !== '…')
            // A word in capitals stands for one of the choices.
            .map((word, n) => (/^[A-Z]+$/.test(word) && choiceOf(found, words[n - 1])) || word),
        );
        return unknown.length > 0 || operands.length > found.registeredArguments.length;
      });
    expect(wrong).toEqual([]);
  },
);

function choiceOf({ options }: Command, flag = ''): string | undefined {
  return options.find(({ long }) => long === flag)?.argChoices?.[0];
}

/** What a shell with this function runs for a command, without and with a terminal of its own. */
async function kubectlRuns(definition: string, command: string) {
  const bin = join(await temporaryFolder(), 'bin');
  await mkdir(bin);
  await fakeExecutable(join(bin, 'kubectl'), 'echo "kubectl $*"');
  const env = { ...process.env, PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) };
  const script = `${definition}\n${command}`;
  const run = async (program: string, ...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(program, args, { env })).stdout.trim();
  const inTerminal = 'import pty, sys; pty.spawn(sys.argv[1:])';
  return {
    without: await run('sh', '-c', `{ ${script}\n} < /dev/null`),
    within: await run('python3', '-c', inTerminal, 'sh', '-c', script),
  };
}

test.each([INDEX, 'docs/deploying.md'])(
  '%s: on Kubernetes a command has a terminal where the operator has one, so that Ctrl-C reaches it',
  async (file) => {
    const text = await readFile(PROJECT + file, 'utf8');
    const [definition = ''] = /onboard\(\) \{ [^\n]*kubectl [^\n]*"\$@"; \}/.exec(text) ?? [];
    const alone = await kubectlRuns(definition, 'onboard erase REFERENCE');
    expect(alone.without).toMatch(/ exec --stdin deployment\/\S+ -- onboard erase REFERENCE$/);
    expect(alone.within).toMatch(/ exec --stdin --tty deployment\/\S+ -- onboard erase REFERENCE$/);
    // Its output would else have a terminal's line ends, and standard error in it.
    const piped = await kubectlRuns(definition, 'onboard list --json | cat');
    expect(piped.within).toMatch(/ exec --stdin deployment\/\S+ -- onboard list --json$/);
  },
);
