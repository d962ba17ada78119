import { Command, Option } from 'commander';
import { createApiKey, SCOPES, type Scope } from '../../../gateway/keys/api-key.ts';
import { CommandError } from '../../failure.ts';
import { createOutput } from '../../output.ts';

interface CreateOptions {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly json?: boolean;
}

const NAME = /^[A-Za-z0-9_-]{1,40}$/;

/** `onboard key create`: a key of the API. */
export function createCommand(): Command {
  return new Command('create')
    .summary('a key of the API')
    .description(
      'Makes a key of the API. Its hash goes into ONBOARDING_API_KEYS, beside those that are there; the ' +
        'key itself to the program that calls. To change a key, have both for a while, then take the ' +
        'old one out. Scopes: start (start, make links), read, operate (messages, cancel), override, ' +
        'erase (have a sender forgotten).',
    )
    .requiredOption('--name <name>', 'who has it: stands beside what is done with it')
    .addOption(
      new Option('--scopes <scopes>', 'what it is good for, with commas between')
        .default(['start', 'read'], 'start,read')
        .argParser(readScopes),
    )
    .option('--json', 'print JSON')
    .action((options: CreateOptions) => {
      if (!NAME.test(options.name)) {
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
