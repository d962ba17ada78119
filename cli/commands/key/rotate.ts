/** `onboard key rotate`: what to do, step by step, so that nobody who waits is lost on the way. */
import { Command, Option } from 'commander';
import { createOutput } from '../../output.ts';

type Rotated = keyof typeof STEPS;

const EVERYWHERE = 'worker, gateway, codec server and commands';

const STEPS = {
  encryption: [
    'Make a new key: `onboard key encryption`. Keep a copy of it where you keep secrets.',
    `Put it BEHIND the one in use, for ${EVERYWHERE}: ONBOARDING_ENCRYPTION_KEYS=OLD,NEW. Restart them, ` +
      'one after the other. Now all can read what the new key will write.',
    'When all of them run so: put it FIRST, ONBOARDING_ENCRYPTION_KEYS=NEW,OLD, and restart them again. ' +
      'Now the new key writes, and the old one reads what is there.',
    'Wait, weeks perhaps: `onboard doctor` lists under `payloads` which keys open onboardings still need.',
    'Take the old key out when no open onboarding needs it, and 30 days after it wrote for the last time ' +
      '(or ONBOARDING_DEADLINE_DAYS, if that is longer). What has ended is still listed without it, with its ' +
      'status; how it ended can be read with it only, and a restart then counts a paid identity check as ' +
      'ordered. So leave it in, behind the new one, for as long as Temporal keeps what has ended (the ' +
      'retention of its namespace), unless it must go.',
    'Taken out too early? What needs it waits, shows in `onboard list --stuck` (`missing-key`) and in `onboard ' +
      'doctor`, and goes on once the key is back.',
  ],
  hash: [
    'Make a new key: `onboard key hash`. Its name has to differ from the names of the others.',
    'Set ONBOARDING_HASH_KEY=NEW and ONBOARDING_FORMER_HASH_KEYS=OLD, for gateway and commands together, and ' +
      'restart them. What is started from now on is hashed with the new key; what was started before is ' +
      'found by the old one.',
    'While some processes have the new key and others do not yet, a repeated start may answer that the ' +
      'request differs, and a look-up may miss what the others have started: make it short.',
    'Take the old key out when everything that was started with it has ended, and Temporal has forgotten ' +
      'it (its retention). Until then AR24’s webhooks and look-ups by address need it.',
  ],
  link: [
    'Make a new key: `onboard key link`.',
    'Put it first in ONBOARDING_LINK_KEYS, before the old one, and restart the gateways. New links are ' +
      'made with it, old ones still open.',
    'Take the old key out after ONBOARDING_LINK_DAYS, when its last links have expired. To make all links ' +
      'void at once, take it out now.',
  ],
} as const;

/** Prints the steps. Changes nothing: what has to be restarted, and how, is known to you only. */
export function rotateCommand(): Command {
  const kinds = Object.keys(STEPS);
  return new Command('rotate')
    .summary('how to change a key while people wait')
    .description(
      'Tells the steps by which a key is changed without losing anybody. Changes nothing by itself.',
    )
    .addOption(new Option('--kind <kind>', 'of which key').choices(kinds).default('encryption'))
    .option('--json', 'print JSON')
    .action(({ kind, json }: { readonly kind: Rotated; readonly json?: boolean }) => {
      const steps = STEPS[kind];
      createOutput({ ...(json !== undefined && { json }) }).result({ kind, steps }, () =>
        steps.map((step, n) => `${n + 1}. ${step}`).join('\n'),
      );
    });
}
