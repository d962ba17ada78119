/** The checks of Temporal, each after those that it depends on. */
import type { Client } from '@temporalio/client';
import { Restores, TemporalUnavailableError, Writes } from '../../client/index.ts';
import { within } from '../../client/races.ts';
import type { HashKey } from '../../client/hash-key.ts';
import { hashKeysFit } from '../../client/hash-key-in-use.ts';
import { countTroubles, type TroubleCounts } from '../../client/trouble-counts.ts';
import { type Ar24Account, compareAr24Account } from '../../worker/index.ts';
import { hashKeysHere, withTemporal, type TemporalPlace } from '../connect.ts';
import type { Encryption } from '../environment/encryption.ts';
import { REMEDIES } from '../worker/ar24-account.ts';
import { pauseWords, restoredWords } from '../text/words.ts';
import { skipped, type Finding, failed, ok, warning } from './finding.ts';
import { checkPriorities } from './priorities.ts';
import { checkSearchAttributes } from './search-attributes.ts';
import {
  addressOf,
  checkNamespace,
  checkTemporal,
  namespaceMissing,
  unreachable,
  whyOf,
} from './temporal.ts';
import { checkVersions } from './versions.ts';
import { checkPayloads, checkPolicy, checkWorkers } from './workers.ts';

const LIMIT_MS = 10_000;
const PRIORITIES_LIMIT_MS = 6_000;

export type TemporalCheck =
  | 'temporal'
  | 'namespace'
  | 'search-attributes'
  | 'priorities'
  | 'workers'
  | 'worker-version'
  | 'policy'
  | 'payloads'
  | 'hash-key'
  | 'onboardings'
  | 'ar24-writes'
  | 'ar24-account';

const AFTER_ATTRIBUTES = [
  'priorities',
  'workers',
  'worker-version',
  'policy',
  'payloads',
  'hash-key',
  'onboardings',
  'ar24-writes',
  'ar24-account',
] as const;
const AFTER_NAMESPACE = ['search-attributes', ...AFTER_ATTRIBUTES] as const;
const AFTER_TEMPORAL = ['namespace', ...AFTER_NAMESPACE] as const;

type Report = (check: TemporalCheck, finding: Finding) => void;

/**
 * Reports each finding as soon as it is known.
 *
 * @param place where Temporal is, or why that is not known
 * @param encryption undefined where the check `environment` reports it as invalid
 * @param account the same
 */
export async function checkAllOfTemporal(
  place: TemporalPlace | Finding,
  encryption: Encryption | undefined,
  account: Ar24Account | undefined,
  report: Report,
): Promise<void> {
  if ('found' in place) {
    report('temporal', place);
    skip(report, AFTER_TEMPORAL, 'temporal');
    return;
  }
  const address = addressOf(place.connection.address);
  try {
    const hashKeys = await hashKeysHere(place).then(
      ({ hashKey, formerHashKeys = [] }) => [hashKey, ...formerHashKeys],
      // The check `environment` says why.
      () => undefined,
    );
    const here = { encryption, hashKeys, account, ar24: place.ar24 };
    // Without keys no payload is read.
    await withTemporal(place, encryption ?? 'plaintext', (temporal) =>
      checkConnected(temporal, address, here, report),
    );
  } catch (error) {
    if (!(error instanceof TemporalUnavailableError)) throw error;
    report('temporal', await unreachable(place, error.cause));
    skip(report, AFTER_TEMPORAL, 'temporal');
  }
}

interface Here {
  readonly encryption: Encryption | undefined;
  readonly hashKeys: readonly HashKey[] | undefined;
  readonly account: Ar24Account | undefined;
  readonly ar24: TemporalPlace['ar24'];
}

async function checkConnected(
  temporal: Client,
  address: string,
  { encryption, hashKeys, account, ar24 }: Here,
  report: Report,
): Promise<void> {
  const bounded = (check: () => Promise<Finding>): Promise<Finding> =>
    within(LIMIT_MS, temporal.withDeadline(Date.now() + LIMIT_MS, check).catch(broken), () =>
      failed(`no answer within ${LIMIT_MS / 1000} s`),
    );

  report('temporal', await bounded(() => checkTemporal(temporal, address)));
  const namespace = await bounded(() =>
    checkNamespace(temporal, process.env).catch((error: unknown) =>
      namespaceMissing(error, temporal.options.namespace),
    ),
  );
  report('namespace', namespace);
  if (namespace.state === 'failed') {
    skip(report, AFTER_NAMESPACE, 'namespace');
    return;
  }
  const attributes = await bounded(() => checkSearchAttributes(temporal));
  report('search-attributes', attributes);
  const searched = (check: () => Promise<Finding>): Promise<Finding> | Finding =>
    attributes.state === 'failed' ? skipped('not checked: see search-attributes') : bounded(check);
  const unset = skipped('not checked: see environment');
  // At the same time: counts over many onboardings take seconds each.
  const findings = {
    priorities: bounded(() => checkPriorities(temporal, address, PRIORITIES_LIMIT_MS)),
    workers: bounded(() => checkWorkers(temporal)),
    'worker-version': bounded(() => checkVersions(temporal)),
    policy: searched(() => checkPolicy(temporal, process.env, ar24)),
    payloads: encryption ? bounded(() => checkPayloads(temporal, encryption)) : unset,
    'hash-key': hashKeys ? bounded(() => checkHashKeys(temporal, hashKeys)) : unset,
    onboardings: searched(() => checkOnboardings(temporal)),
    'ar24-writes': bounded(() => checkWrites(temporal)),
    'ar24-account': account ? bounded(() => checkAr24Account(temporal, account)) : unset,
  } satisfies Partial<Record<TemporalCheck, Promise<Finding> | Finding>>;
  for (const check of AFTER_ATTRIBUTES) report(check, await findings[check]);
}

function skip(report: Report, checks: readonly TemporalCheck[], because: TemporalCheck): void {
  for (const check of checks) report(check, skipped(`not checked: see ${because}`));
}

function broken(error: unknown): Finding {
  return failed(`could not be checked: ${whyOf(error)}`);
}

async function checkHashKeys(temporal: Client, keys: readonly HashKey[]): Promise<Finding> {
  switch (await hashKeysFit(temporal, keys)) {
    case 'fit':
      return ok('finds the newest open onboarding by its address');
    case 'unknown':
      return ok('no open onboarding to compare with is readable here');
    case 'others':
      return failed(
        'the newest open onboarding was started with another key: searches by address find nobody',
        'Set the same ONBOARDING_HASH_KEY everywhere. After a change of the key, add the old one to ' +
          'ONBOARDING_FORMER_HASH_KEYS.',
      );
  }
}

/** Whether a worker with this environment would work with the AR24 account of its namespace. */
async function checkAr24Account(temporal: Client, account: Ar24Account): Promise<Finding> {
  const { namespace } = temporal.options;
  switch (await compareAr24Account(temporal.connection, namespace, account)) {
    case 'none':
      return ok(`${namespace} works with no AR24 account yet: the first worker sets it`);
    case 'same':
      return ok(`${namespace} works with the account of AR24_TOKEN`);
    case 'another':
      return failed(
        `${namespace} works with another AR24_BASE_URL or AR24_TOKEN: a worker with these does not start`,
        ...REMEDIES,
      );
  }
}

async function checkWrites(temporal: Client): Promise<Finding> {
  const [paused, restored] = await Promise.all([
    new Writes(temporal, 'doctor').paused(),
    new Restores(temporal).last(),
  ]);
  const withheld = restored && restoredWords(restored);
  if (paused !== undefined) {
    return warning(
      [pauseWords(paused), withheld].filter((words) => words !== undefined).join('; '),
      'To end the pause: `onboard resume`.',
    );
  }
  if (withheld === undefined) return ok('workers may write to AR24');
  return warning(
    withheld,
    'What waits for you: `onboard list --waiting-for operator`. When all is answered: `onboard restored --over`.',
  );
}

const HOUR_MS = 3_600_000;

/** Such as `credentials: 3, ar24-down: 12`. Empty without any. */
function wordsFor(
  problems: TroubleCounts['problems'],
  countIn: (counts: { readonly all: number; readonly overAnHour: number }) => number,
): string {
  return [...problems]
    .map(([kind, counts]) => [kind, countIn(counts)] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind}: ${count}`)
    .join(', ');
}

/** Whether onboardings need an operator. By counts alone, so that it stays quick with many. */
async function checkOnboardings(temporal: Client): Promise<Finding> {
  const { open, problems, awaitingOperator, failingTasks, backlog } = await countTroubles(temporal);
  const long = wordsFor(problems, ({ overAnHour }) => overAnHour);
  const young = wordsFor(problems, ({ all, overAnHour }) => all - overAnHour);
  const hours = Math.floor((backlog?.oldestTaskMs ?? 0) / HOUR_MS);
  const hoursOfPolls = Math.floor((backlog?.oldestPollMs ?? 0) / HOUR_MS);
  const troubles = [
    ...(long === '' ? [] : [`with a problem for over an hour (${long})`]),
    ...(young === '' ? [] : [`with a problem for less than an hour (${young})`]),
    ...(awaitingOperator === 0 ? [] : [`${awaitingOperator} await an operator`]),
    ...((failingTasks ?? 0) === 0 ? [] : [`the workflow task of ${failingTasks} fails`]),
    ...(hours < 1 ? [] : [`the oldest task has waited for a worker for ${hours} h`]),
    ...(hoursOfPolls < 1 ? [] : [`polls of AR24 are ${hoursOfPolls} h late`]),
  ];
  const unknown =
    failingTasks === undefined
      ? '; failing workflow tasks are not counted before Temporal 1.30: `onboard list --stuck --thorough` finds them'
      : '';
  if (troubles.length === 0) {
    return ok(`${open} open; none reports a problem or awaits an operator${unknown}`);
  }
  return warning(
    `${open} open; ${troubles.join('; ')}${unknown}`,
    ...(long !== '' || failingTasks ? ['`onboard list --stuck` lists them.'] : []),
    ...(young === ''
      ? []
      : [
          'Each is tried again by itself. `onboard list --problem KIND` lists them, `--stuck` once they are an hour old.',
        ]),
    ...(awaitingOperator > 0 ? ['`onboard list --waiting-for operator` lists them.'] : []),
    ...(hours + hoursOfPolls < 1
      ? []
      : ['Run more workers; calls to AR24 are bounded by AR24_MAX_CALLS_PER_SECOND.']),
  );
}
