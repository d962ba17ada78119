import { Command, Option } from 'commander';
import { createEncryptionKey } from '../../codec/index.ts';
import { createNamedKey } from '../../codec/named-key.ts';
import { createApiKey, SCOPES, type Scope } from '../../gateway/api-keys.ts';
import { temporalPlace, withTemporal } from '../connect.ts';
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { rotateCommand } from './key-rotation.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard key`: makes keys, and helps to change them. */
export function keyCommand(): Command {
  const key = new Command('key')
    .helpGroup(HELP_GROUP.run)
    .summary('make keys, and change them')
    .description('Makes keys. They are printed once, and stored nowhere.')
    .addCommand(createCommand());
  for (const command of secretCommands()) key.addCommand(command);
  return key.addCommand(ar24Command()).addCommand(rotateCommand());
}

interface Kind {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly make: (id: string) => string;
}

const KINDS: readonly Kind[] = [
  {
    name: 'link',
    summary: "a key of links to the sender's page",
    description:
      "Makes a key of links to the sender's page, for ONBOARDING_LINK_KEYS. To change it, put the new one " +
      'first, and remove the old one when its last links have expired.',
    make: createNamedKey,
  },
  {
    name: 'encryption',
    summary: 'a key that encrypts the data in Temporal',
    description:
      'Makes a key for ONBOARDING_ENCRYPTION_KEYS, which encrypts the data in Temporal: the same for ' +
      'worker, gateway and commands. Keep a copy where you keep secrets: without it the data that it ' +
      'encrypted cannot be read again. To change it: `onboard key rotate`.',
    make: createEncryptionKey,
  },
  {
    name: 'hash',
    summary: 'a key for look-ups by address',
    description:
      'Makes a key for ONBOARDING_HASH_KEY, by which onboardings are found by address. To change it: ' +
      '`onboard key rotate`.',
    make: createNamedKey,
  },
];

function secretCommands(): readonly Command[] {
  return KINDS.map(({ name, summary, description, make }) =>
    new Command(name)
      .summary(summary)
      .description(description)
      .option('--json', 'print JSON')
      .action((options: { readonly json?: boolean }) => {
        const written = make(nameOfToday());
        createOutput(options).result({ configuration: written }, () => written);
      }),
  );
}

/** A key's name shows its age. Two of one day have the same name, and differ by their bytes. */
function nameOfToday(): string {
  return new Date().toISOString().slice(0, 10).replaceAll('-', '');
}

interface CreateOptions {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly json?: boolean;
}

const API_KEY_NAME = /^[A-Za-z0-9_-]{1,40}$/;

/** `onboard key create`: a key of the API. */
function createCommand(): Command {
  return new Command('create')
    .summary('a key of the API')
    .description(
      'Makes a key of the API. Add its hash to ONBOARDING_API_KEYS, and give the key itself to the ' +
        'program that calls. To change a key, have both for a while, then remove the old one. ' +
        'Scopes: start (start, make links), read, operate (messages, cancel, redeliver and test notifications), override, ' +
        'erase (delete all data of a sender).',
    )
    .requiredOption('--name <name>', 'of the program that has it: recorded with each action')
    .addOption(
      new Option('--scopes <scopes>', 'what it permits, with commas between')
        .default(['start', 'read'], 'start,read')
        .argParser(readScopes),
    )
    .option('--json', 'print JSON')
    .action((options: CreateOptions) => {
      if (!API_KEY_NAME.test(options.name)) {
        throw new CommandError('--name: 1 to 40 letters, digits, or any of _ - are expected');
      }
      const { key, written } = createApiKey(options.name, options.scopes);
      createOutput(options).result({ key, configuration: written }, () =>
        [
          `Key, for the program that calls:    ${key}`,
          `For ONBOARDING_API_KEYS, its hash:  ${written}`,
        ].join('\n'),
      );
    });
}

function readScopes(written: string): readonly Scope[] {
  const named = written.split(',').map((one) => one.trim());
  const known = SCOPES.filter((scope) => named.includes(scope));
  if (known.length === 0 || named.some((one) => !SCOPES.some((scope) => scope === one))) {
    throw new CommandError(`--scopes: some of ${SCOPES.join(', ')} are expected`);
  }
  return known;
}

const { AR24_BASE_URL, AR24_TOKEN } = AR24_VARIABLES;

function ar24Command(): Command {
  return new Command('ar24')
    .summary('have the namespace work with the AR24_TOKEN of this environment')
    .description(
      'Keeps a fingerprint of AR24_BASE_URL and AR24_TOKEN with the namespace, instead of the one that is there. ' +
        'Workers that start from now on need these. For the same AR24 account only: `onboard key rotate --kind ar24`.',
    )
    .option('--json', 'print JSON')
    .action(keepAr24Account);
}

async function keepAr24Account(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const values = readEnvironment({ AR24_BASE_URL, AR24_TOKEN }, process.env);
  const place = await temporalPlace();
  // The other commands of `onboard key` need none of the worker's code.
  const { ar24AccountOf } = await import('../worker/ar24-account.ts');
  const { replaceAr24Account } = await import('../../worker/ar24-account.ts');
  // No payload is read or written, so that no key is needed.
  await withTemporal(place, 'plaintext', ({ connection }) =>
    replaceAr24Account(connection, place.namespace, ar24AccountOf(values, false)),
  );
  const { namespace } = place;
  output.result({ namespace, kept: true }, () =>
    [
      `${namespace} works with the AR24_BASE_URL and AR24_TOKEN of this environment from now on.`,
      'Workers that run go on with theirs: restart them with these.',
    ].join('\n'),
  );
}
