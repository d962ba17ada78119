/** Notifications that the receiver did not accept within three days, found without a record of their own. */
import type { Client } from '@temporalio/client';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notifiedReferenceOf,
  type Reference,
} from '../workflows/contract/index.ts';
import { readNewestDelivery, type NotificationDelivery } from './notification-log.ts';
import { inGroups, searchAll } from './search.ts';

/**
 * A run that gave up a notification lasted for three days, less the pause before the attempt that would have been too
 * late, which is an hour. Few others last so long: a run ends a minute after the receiver has accepted everything.
 */
const LASTED = '60h';
const AT_A_TIME = 10;

export interface GivenUpNotification extends NotificationDelivery {
  readonly reference: Reference;
}

/**
 * The references of which the receiver lacks the newest notification, because it was given up. A run is found once it has
 * ended, a minute after it gave up, and for as long as Temporal keeps it.
 *
 * @param lasted how long a run lasted at least, as Temporal's search takes it
 * @throws TemporalUnavailableError
 */
export async function* listGivenUp(
  temporal: Client,
  lasted = LASTED,
): AsyncIterableIterator<GivenUpNotification> {
  const query = `WorkflowType = '${NOTIFICATIONS_WORKFLOW_TYPE}' AND ExecutionDuration >= '${lasted}'`;
  const seen = new Set<Reference>();
  for await (const runs of inGroups(searchAll(temporal, query), AT_A_TIME)) {
    const found = runs.flatMap(({ workflowId }) => notifiedReferenceOf(workflowId) ?? []);
    const fresh = [...new Set(found)].filter((reference) => !seen.has(reference));
    for (const reference of fresh) seen.add(reference);
    const newest = await Promise.all(
      fresh.map(async (reference) => {
        const delivery = await readNewestDelivery(temporal, reference);
        return delivery && { reference, delivery };
      }),
    );
    for (const one of newest) {
      if (one?.delivery.state !== 'given-up') continue;
      const { notification: _content, ...delivery } = one.delivery;
      yield { reference: one.reference, ...delivery };
    }
  }
}
