import { eventually } from '../../test/support/eventually.ts';
import { SenderUnderTest } from '../../test/support/sender.ts';
import { ATTRIBUTES, type Status } from '../../workflows/contract/index.ts';

/** A sender that is watched without queries, for which the test server records workflow tasks. */
export class SenderOnPath extends SenderUnderTest {
  /**
   * Waits until the status is shown and the poll has read AR24 once. A person acts later than that, and a read
   * at the same moment would sometimes add a workflow task.
   */
  async waitsIn(status: Status): Promise<void> {
    await eventually(
      status,
      async () => {
        const { typedSearchAttributes, raw } = await this.handle.describe();
        const polled = raw.pendingActivities?.some((activity) => activity.lastFailure != null);
        return { shown: typedSearchAttributes.get(ATTRIBUTES.status), polled };
      },
      ({ shown, polled }) => shown === status && polled === true,
    );
  }
}
