import { eventually } from '../../test/support/eventually.ts';
import { SenderUnderTest } from '../../test/support/sender.ts';
import { ATTRIBUTES, type Status } from '../../workflows/contract/index.ts';

/** A sender who is watched without queries: the test server writes workflow tasks for those. */
export class SenderOnPath extends SenderUnderTest {
  /**
   * Waits until the search attribute says so and the poll has looked once: people take longer than
   * that, and a look that happens to meet their click would add a workflow task now and then.
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
