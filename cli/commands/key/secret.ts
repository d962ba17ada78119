/** `onboard key link|encryption|hash`: a new key, as it stands in a variable. */
import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { createEncryptionKey } from '../../../codec/index.ts';
import { createOutput } from '../../output.ts';

const KEY_BYTES = 32;

interface Kind {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly make: (id: string) => string;
}

const plainKey = (id: string) => `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;

const KINDS: readonly Kind[] = [
  {
    name: 'link',
    summary: "a key of links to the sender's page",
    description:
      "Makes a key of links to the sender's page, for ONBOARDING_LINK_KEYS. To change it, put the new one " +
      'first, and take the old one out when its last links have expired.',
    make: plainKey,
  },
  {
    name: 'encryption',
    summary: 'a key that encrypts what Temporal keeps',
    description:
      'Makes a key for ONBOARDING_ENCRYPTION_KEYS, which encrypts what Temporal keeps: the same for ' +
      'worker, gateway and commands. Keep a copy where you keep secrets: without it nothing that it ' +
      'encrypted can be read again. To change it: `onboard key rotate`.',
    make: createEncryptionKey,
  },
  {
    name: 'hash',
    summary: 'a key for look-ups by address',
    description:
      'Makes a key for ONBOARDING_HASH_KEY, by which onboardings are found by address. To change it: ' +
      '`onboard key rotate`.',
    make: plainKey,
  },
];

export function secretCommands(): readonly Command[] {
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

/** Tells its age. Two of a day differ in their keys, which decide. */
function nameOfToday(): string {
  return new Date().toISOString().slice(0, 10).replaceAll('-', '');
}
