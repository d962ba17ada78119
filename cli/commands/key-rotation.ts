/** `onboard key rotate`: the steps of a rotation during which no onboarding is lost. */
import { Command, Option } from 'commander';
import { keysNeeded } from '../../client/keys-needed.ts';
import { encryptionHere, temporalPlace, withTemporal } from '../connect.ts';
import { createOutput } from '../output.ts';

type Rotated = keyof typeof STEPS;

const EVERYWHERE = 'worker, gateway, codec server and commands';

const STEPS = {
  encryption: [
    'Make a new key: `onboard key encryption`. Keep a copy of it where you keep secrets.',
    `Put it BEHIND the one in use, for ${EVERYWHERE}: ONBOARDING_ENCRYPTION_KEYS=OLD,NEW. Restart them, ` +
      'one after the other. Now all can decrypt data of the new key.',
    'When all of them run so: put it FIRST, ONBOARDING_ENCRYPTION_KEYS=NEW,OLD, and restart them again. ' +
      'Now the new key encrypts, and the old one decrypts the data that exists.',
    'Wait, perhaps for weeks: `onboard doctor` lists under `payloads` which keys open onboardings still need.',
    'Remove the old key when no open onboarding needs it, and 30 days after it encrypted for the last time ' +
      '(or ONBOARDING_DEADLINE_DAYS, if that is longer). Without it, ended onboardings are still listed with ' +
      'their status; their outcome can be read with it only, and a restart counts a paid identity check as ' +
      'ordered. So keep it, behind the new one, for as long as Temporal keeps ended onboardings (the ' +
      'retention of its namespace), unless it must go.',
    'Removed too early? Onboardings that need it wait, show in `onboard list --stuck` (`missing-key`) and in ' +
      '`onboard doctor`, and go on once the key is back.',
  ],
  hash: [
    'Make a new key: `onboard key hash`. Its name has to differ from the names of the others.',
    'Set ONBOARDING_HASH_KEY=NEW and ONBOARDING_FORMER_HASH_KEYS=OLD, for gateway and commands together, and ' +
      'restart them. New onboardings are hashed with the new key; older ones are ' +
      'found by the old one.',
    'While some processes have the new key and others do not yet, a repeated start may answer that the ' +
      'request differs, and a look-up may miss onboardings that the others have started: keep that time short.',
    'Remove the old key when all onboardings that were started with it have ended, and Temporal has deleted ' +
      'them (its retention). Until then AR24’s webhooks and look-ups by address need it.',
  ],
  link: [
    'Make a new key: `onboard key link`.',
    'Put it first in ONBOARDING_LINK_KEYS, before the old one, and restart the gateways. New links are ' +
      'made with it, old ones still open.',
    'Remove the old key after ONBOARDING_LINK_DAYS, when its last links have expired. To make all links ' +
      'void at once, remove it now.',
  ],
  ar24: [
    'Request a new token, and key, of the same account from AR24. Another account needs a namespace of its own.',
    'Run `onboard key ar24` with the new AR24_BASE_URL and AR24_TOKEN: the namespace works with these from ' +
      'now on. A worker with the old ones does not start any more.',
    'Set the new AR24_BASE_URL, AR24_TOKEN and AR24_PRIVATE_KEY for the workers, and restart them one after another.',
    '`onboard doctor` with the same environment says whether AR24 accepts them, and whether the namespace works with them.',
    '`onboard check --problem credentials`, where AR24 refused the old ones before.',
  ],
} as const;

interface NeededKey {
  readonly id: string;
  readonly openWorkflows: number;
}

/** Undefined where this shell cannot count them, without Temporal or its keys: the steps help all the same. */
async function keysNeededNow(): Promise<readonly NeededKey[] | undefined> {
  try {
    const place = await temporalPlace();
    const encryption = await encryptionHere(place);
    const needed = await withTemporal(place, encryption, keysNeeded);
    const here = encryption === 'plaintext' ? [] : encryption.map(({ id }) => id);
    return [...new Set([...here, ...needed.keys()])].map((id) => ({
      id,
      openWorkflows: needed.get(id) ?? 0,
    }));
  } catch {
    return undefined;
  }
}

/** Prints the steps only: you alone know the processes that have to be restarted. */
export function rotateCommand(): Command {
  const kinds = Object.keys(STEPS);
  return new Command('rotate')
    .summary('how to change a key while onboardings are open')
    .description(
      'Prints the steps by which a key is changed without losing an onboarding, and which encryption keys open ' +
        'workflows need now, where this shell has Temporal and the keys. Changes nothing by itself.',
    )
    .addOption(new Option('--kind <kind>', 'the kind of key').choices(kinds).default('encryption'))
    .option('--json', 'print JSON')
    .action(async ({ kind, json }: { readonly kind: Rotated; readonly json?: boolean }) => {
      const steps = STEPS[kind];
      const needed = kind === 'encryption' ? await keysNeededNow() : undefined;
      const result = { kind, steps, ...(needed !== undefined && { needed }) };
      createOutput({ ...(json !== undefined && { json }) }).result(result, () =>
        [
          ...steps.map((step, n) => `${n + 1}. ${step}`),
          ...(needed ?? []).map(
            ({ id, openWorkflows }) => `Now: ${openWorkflows} open workflows need the key ${id}`,
          ),
        ].join('\n'),
      );
    });
}
