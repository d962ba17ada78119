/** What is looked at in Temporal, each after what it rests on. */
import type { Client } from '@temporalio/client';
import { TemporalUnavailableError } from '../../client/index.ts';
import { withTemporal, type TemporalPlace } from '../connect.ts';
import type { Encryption } from '../environment/encryption.ts';
import { skipped, type Finding } from './finding.ts';
import { checkPayloads } from './payloads.ts';
import { checkPriorities } from './priorities.ts';
import { checkSearchAttributes } from './search-attributes.ts';
import {
  addressOf,
  checkNamespace,
  checkTemporal,
  namespaceMissing,
  unreachable,
} from './temporal.ts';
import { within } from './within.ts';
import { checkWorkers } from './workers.ts';

const LIMIT_MS = 10_000;
const PRIORITIES_TOLD_WITHIN_MS = 6_000;

export type TemporalCheck =
  'temporal' | 'namespace' | 'search-attributes' | 'priorities' | 'workers' | 'payloads';

const AFTER_NAMESPACE = ['search-attributes', 'priorities', 'workers', 'payloads'] as const;
const AFTER_TEMPORAL = ['namespace', ...AFTER_NAMESPACE] as const;

type Tell = (check: TemporalCheck, finding: Finding) => void;

/**
 * Tells each finding as it is known.
 *
 * @param place where it is, or why nobody knows
 * @param encryption undefined where `environment` has told that it makes no sense
 */
export async function checkAllOfTemporal(
  place: TemporalPlace | Finding,
  encryption: Encryption | undefined,
  tell: Tell,
): Promise<void> {
  if ('found' in place) {
    tell('temporal', place);
    skip(tell, AFTER_TEMPORAL, 'temporal');
    return;
  }
  const address = addressOf(place.connection.address);
  try {
    // Without keys nothing is read that would need them.
    await withTemporal(place, encryption ?? 'plaintext', (temporal) =>
      look(temporal, address, encryption, tell),
    );
  } catch (error) {
    if (!(error instanceof TemporalUnavailableError)) throw error;
    tell('temporal', await unreachable(place, error.cause));
    skip(tell, AFTER_TEMPORAL, 'temporal');
  }
}

async function look(
  temporal: Client,
  address: string,
  encryption: Encryption | undefined,
  tell: Tell,
): Promise<void> {
  const bounded = (check: () => Promise<Finding>): Promise<Finding> =>
    within(LIMIT_MS, () => temporal.withDeadline(Date.now() + LIMIT_MS, check));

  tell('temporal', await bounded(() => checkTemporal(temporal, address)));
  const namespace = await bounded(() =>
    checkNamespace(temporal, process.env).catch((error: unknown) =>
      namespaceMissing(error, temporal.options.namespace),
    ),
  );
  tell('namespace', namespace);
  if (namespace.state === 'failed') {
    skip(tell, AFTER_NAMESPACE, 'namespace');
    return;
  }
  tell('search-attributes', await bounded(() => checkSearchAttributes(temporal)));
  const priorities = () => checkPriorities(temporal, address, PRIORITIES_TOLD_WITHIN_MS);
  tell('priorities', await bounded(priorities));
  tell('workers', await bounded(() => checkWorkers(temporal)));
  tell(
    'payloads',
    encryption === undefined
      ? skipped('not looked at: see environment')
      : await bounded(() => checkPayloads(temporal, encryption)),
  );
}

function skip(tell: Tell, checks: readonly TemporalCheck[], because: TemporalCheck): void {
  for (const check of checks) tell(check, skipped(`not looked at: see ${because}`));
}
