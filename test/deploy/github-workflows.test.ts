/**
 * The workflows of GitHub run what `.ci/run` and docs/testing.md say, with no more permissions than
 * they need.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROJECT } from './compose-file.ts';

const FOLDER = '.github/workflows';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const step = z.union([
  z.strictObject({ run: z.string() }),
  z.strictObject({
    // A major version: `main` would change without notice.
    uses: z.string().regex(/^actions\/[a-z-]+@v\d+$/),
    with: z.record(z.string(), scalar).optional(),
  }),
]);

const trigger = z.strictObject({
  push: z.strictObject({ branches: z.array(z.string()) }).optional(),
  pull_request: z.null().optional(),
  schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
  workflow_call: z.null().optional(),
  workflow_dispatch: z.null().optional(),
});

/** The part of GitHub's syntax that is in use here: anything else is a mistake until it is added. */
const workflow = z.strictObject({
  name: z.string(),
  on: trigger,
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      // GitHub ends a job after six hours in any case.
      'timeout-minutes': z.number().max(360),
      env: z.record(z.string(), scalar).optional(),
      steps: z.array(step),
    }),
  ),
});

type Workflow = z.output<typeof workflow>;

async function readWorkflow(name: string): Promise<Workflow> {
  return workflow.parse(parse(await readFile(join(PROJECT, FOLDER, name), 'utf8')));
}

function commandsIn({ jobs }: Workflow): readonly string[] {
  return Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap((one) => ('run' in one ? [one.run] : [])),
  );
}

/** npm's command, the script and `--short`: other arguments depend on the machine. */
function essence(command: string): string {
  const [, script = ''] = /\bnpm ((?:run )?[a-z:-]+)/.exec(command) ?? [];
  return command.includes('-- --short') ? `${script} --short` : script;
}

const NAMES = ['ci.yml', 'nightly.yml'];

test('there is one more, of releases, which has a test of its own', () => {
  expect(readdirSync(join(PROJECT, FOLDER)).sort()).toEqual([...NAMES, 'release.yml']);
});

describe.each(NAMES)('%s', (name) => {
  let read: Workflow;

  beforeAll(async () => {
    read = await readWorkflow(name);
  });

  test('runs scripts that package.json has', async () => {
    const manifest = await readFile(join(PROJECT, 'package.json'), 'utf8');
    const { scripts } = JSON.parse(manifest) as { readonly scripts: object };
    const missing = commandsIn(read)
      .map(essence)
      .map((command) => command.replace(/^run | --short$/g, '').replace(/ .*/, ''))
      .filter((script) => script !== 'ci' && !(script in scripts));
    expect(missing).toEqual([]);
  });

  test('runs nothing but one npm command a step', () => {
    expect(commandsIn(read).filter((command) => !/^npm [^\n;&|]+$/.test(command))).toEqual([]);
  });

  test('installs first, in every job', () => {
    const first = Object.values(read.jobs).map(({ steps }) => steps.find((one) => 'run' in one));
    expect(first).toEqual(first.map(() => ({ run: 'npm ci' })));
  });
});

test('ci.yml runs the commands of .ci/run, in its order', async () => {
  const lines = (await readFile(join(PROJECT, '.ci/run'), 'utf8')).split('\n');
  const code = lines.map((line) => line.replace(/^\s*#.*/, '')).join('\n');
  const commands = [...code.matchAll(/\bnpm (?:ci|run|test)\b[^|&;\n]*/g)].map(([text]) => text);
  expect(commands.length).toBeGreaterThan(3);
  expect(commandsIn(await readWorkflow('ci.yml')).map(essence)).toEqual(commands.map(essence));
});

test('a release can call ci.yml, and nightly.yml cannot be called', async () => {
  const { on } = await readWorkflow('ci.yml');
  expect(Object.keys(on).sort()).toEqual(['pull_request', 'push', 'workflow_call']);
  expect(Object.keys((await readWorkflow('nightly.yml')).on)).not.toContain('workflow_call');
});

test('nightly.yml searches with new seeds, as docs/testing.md shows it', async () => {
  const nightly = await readWorkflow('nightly.yml');
  const env = Object.entries(nightly.jobs['searches']?.env ?? {});
  const variables = env.map(([name, value]) => `${name}=${value}`);
  expect(variables).toEqual(['FAST_CHECK_SEED=random', 'FAST_CHECK_FACTOR=20']);
  const shown = await readFile(join(PROJECT, 'docs/testing.md'), 'utf8');
  const searches = commandsIn(nightly).filter((command) => command.startsWith('npm test'));
  expect(searches).toHaveLength(1);
  expect(shown).toContain([...variables, ...searches].join(' '));
});

test('nightly.yml runs the long drills', async () => {
  const commands = commandsIn(await readWorkflow('nightly.yml'));
  const drills = commands.filter((command) => command.includes('run drill'));
  expect(drills).toHaveLength(1);
  expect(drills[0]).not.toContain('--short');
});
