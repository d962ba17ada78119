/** The notifications to the partner: their log, another delivery, and a test of the receiver. */
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  NOTIFICATION_TEST_TYPE,
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  redeliverSignal,
  TASK_QUEUE,
  type NotificationTest,
} from '../workflows/contract/index.ts';
import { keyAttribute } from './encryption.ts';
import { isBeingErased } from './erase.ts';
import { NoWorkerError, NotificationNotFoundError, UpdateRefusedError } from './errors.ts';
import { listGivenUp, type GivenUpNotification } from './given-up-notifications.ts';
import { readDeliveries, type NotificationDelivery } from './notification-log.ts';
import { parse } from './schemas/parse.ts';
import { reference as referenceSchema } from './schemas/text.ts';
import { callTemporal } from './temporal-call.ts';

/** Longer than the receiver may take to answer, which is 15 s. */
const TESTED_WITHIN_MS = 20_000;
/** So that Temporal itself reports that no worker took the test. */
const LEEWAY_MS = 2_000;

/** The methods that concern one reference throw OnboardingNotFoundError, and all TemporalUnavailableError. */
export class Notifications {
  readonly #temporal: Client;

  constructor(temporal: Client) {
    this.#temporal = temporal;
  }

  /** The last 50 deliveries of this reference, newest first. Reads Temporal only: no worker is needed. */
  async log(reference: string): Promise<readonly NotificationDelivery[]> {
    const checked = parse(referenceSchema, reference, 'reference');
    const deliveries = await readDeliveries(this.#temporal, checked);
    return deliveries.map(({ notification: _content, ...delivery }) => delivery);
  }

  /** Those of which the receiver lacks the newest state, because it did not accept it within three days. */
  givenUp(): AsyncIterableIterator<GivenUpNotification> {
    return listGivenUp(this.#temporal);
  }

  /**
   * Has a notification of the log delivered once more, with the id and the body that it had. One that is being
   * delivered is attempted within 20 s, and a newer one replaces it. Durable once it resolves, even if no worker runs.
   *
   * @param options `sequence`: of the notification; default: the newest
   * @throws NotificationNotFoundError if the log does not have it; UpdateRefusedError during an erasure
   */
  async redeliver(
    reference: string,
    { sequence }: { readonly sequence?: number | undefined } = {},
  ): Promise<Pick<NotificationDelivery, 'type' | 'sequence'>> {
    const checked = parse(referenceSchema, reference, 'reference');
    const temporal = this.#temporal;
    if (await isBeingErased(temporal, checked)) {
      throw new UpdateRefusedError(checked, 'this sender is being erased');
    }
    const deliveries = await readDeliveries(temporal, checked);
    const wanted = sequence ?? Math.max(...deliveries.map((one) => one.sequence));
    const found = deliveries.find((one) => one.sequence === wanted);
    if (found === undefined) throw new NotificationNotFoundError(checked);
    await callTemporal(temporal, () =>
      temporal.workflow.signalWithStart(NOTIFICATIONS_WORKFLOW_TYPE, {
        workflowId: notificationsIdOf(checked),
        taskQueue: TASK_QUEUE,
        signal: redeliverSignal,
        signalArgs: [found.notification],
        typedSearchAttributes: new TypedSearchAttributes(keyAttribute(temporal)),
        staticSummary: `notifications for ${checked}`,
      }),
    );
    return { type: found.type, sequence: found.sequence };
  }

  /**
   * Has a worker send a signed test event to its receiver of notifications, once. Takes as long as the receiver, at
   * most 20 s.
   *
   * @throws NoWorkerError
   */
  async test(): Promise<NotificationTest> {
    const temporal = this.#temporal;
    try {
      return await callTemporal(
        temporal,
        () =>
          temporal.workflow.execute<() => Promise<NotificationTest>>(NOTIFICATION_TEST_TYPE, {
            workflowId: `notification-test/${randomUUID()}`,
            taskQueue: TASK_QUEUE,
            workflowExecutionTimeout: TESTED_WITHIN_MS,
            staticSummary: 'tests the receiver of notifications',
            typedSearchAttributes: new TypedSearchAttributes(keyAttribute(temporal)),
          }),
        TESTED_WITHIN_MS + LEEWAY_MS,
      );
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      throw new NoWorkerError('the test of notifications', TESTED_WITHIN_MS);
    }
  }
}
