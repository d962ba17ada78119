/** The keys of the one-machine mode: made at its first start, and never in place of lost ones. */
import { access } from 'node:fs/promises';
import { encryptedBy, saysHowToEncrypt } from '../environment/encryption.ts';
import { isSet } from '../environment/secret-files.ts';
import { CommandError } from '../failure.ts';
import {
  API_KEY,
  ensureGatewaySecrets,
  LINK_KEY,
  type GatewaySecrets,
} from '../state-folder/gateway-secrets.ts';
import { readSecret } from '../state-folder/kept-secret.ts';
import {
  ENCRYPTION_KEYS,
  ensureEncryptionKeys,
  ensureHashKey,
  HASH_KEY,
} from '../state-folder/keys.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { UpPlan } from './options.ts';
import { TEMPORAL_DB } from './state-files.ts';

export interface Secrets {
  /** The stored encryption keys; undefined where the environment names keys. */
  readonly ownKeys: string | undefined;
  /** Variables that are not set in the gateway's environment. */
  readonly gateway: GatewaySecrets;
}

interface Needed {
  readonly file: string;
  readonly variable: string;
  /** What is lost with it. */
  readonly lost: string;
  /** The command that makes a new one, where the loss is tolerable. */
  readonly newKey?: string;
}

const ENCRYPTION: Needed = {
  file: ENCRYPTION_KEYS,
  variable: 'ONBOARDING_ENCRYPTION_KEYS',
  lost: 'the onboardings that were started can neither be read nor go on',
};
const HASHES: Needed = {
  file: HASH_KEY,
  variable: 'ONBOARDING_HASH_KEY',
  lost: 'the onboardings that were started are not found by address',
  newKey: 'npx onboard key hash',
};
const LINKS: Needed = {
  file: LINK_KEY,
  variable: 'ONBOARDING_LINK_KEYS',
  lost: "earlier links to the sender's page do not open",
  newKey: 'npx onboard key link',
};

/**
 * Makes all secrets before the database: where a database exists, they do.
 *
 * @throws CommandError where one is damaged, or lost and needed
 */
export async function ensureSecrets(plan: UpPlan): Promise<Secrets> {
  const { environment } = plan.gateway;
  const isOwn = plan.temporal.kind === 'own';
  const encrypts = !saysHowToEncrypt(encryptedBy(environment));
  const hashes = isOwn && !isSet(environment, HASHES.variable);
  const links = !isSet(environment, LINKS.variable);
  const needed = [
    ...(encrypts ? [ENCRYPTION] : []),
    ...(hashes ? [HASHES] : []),
    ...(links ? [LINKS] : []),
  ];
  await assertNoneIsLost(needed, isOwn ? TEMPORAL_DB : API_KEY);
  const ownKeys = encrypts ? await ensureEncryptionKeys() : undefined;
  const hashKey = hashes ? await ensureHashKey() : undefined;
  const gateway = await ensureGatewaySecrets();
  return {
    ownKeys,
    gateway: {
      ...gateway,
      ...(hashKey && {
        ONBOARDING_HASH_KEY: `${hashKey.version}:${hashKey.key.toString('base64')}`,
      }),
    },
  };
}

/** @param witness a file that exists only if keys were made */
async function assertNoneIsLost(needed: readonly Needed[], witness: string): Promise<void> {
  if (!(await exists(witness))) return;
  const lost: Needed[] = [];
  for (const one of needed) if ((await readSecret(one.file)) === undefined) lost.push(one);
  if (lost.length === 0) return;
  const newKeys = lost.flatMap(({ file, newKey: make }) =>
    make === undefined ? [] : [`  - Go on with a new key: ${make} > '${inStateFolder(file)}'`],
  );
  const isOwn = witness === TEMPORAL_DB;
  throw new CommandError(
    [
      isOwn
        ? `${inStateFolder(TEMPORAL_DB)} exists, and keys that it needs are missing:`
        : `npm start has run on ${inStateFolder()}, and keys that Temporal may need are missing:`,
      ...lost.map((one) => `  - ${inStateFolder(one.file)}: without it ${one.lost}`),
      'No new key is made in place of a lost one. Do one of these:',
      '  - Restore the file from a copy.',
      ...lost.map(({ variable }) => `  - Set ${variable}, if it was set before.`),
      ...newKeys,
      ...(isOwn ? ['  - Delete all onboardings and start again: npm start -- --reset'] : []),
      ...(isOwn
        ? []
        : [`  - Start again there, with a new key: delete ${inStateFolder(API_KEY)} too.`]),
    ].join('\n'),
  );
}

async function exists(file: string): Promise<boolean> {
  return access(inStateFolder(file)).then(
    () => true,
    () => false,
  );
}
