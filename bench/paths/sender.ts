import { SenderUnderTest } from '../../test/support/sender.ts';
import { eventually } from '../../test/support/eventually.ts';
import { ATTRIBUTES, type Status } from '../../workflows/contract/index.ts';

/** A sender who is watched without queries: the test server writes workflow tasks for those. */
export class SenderOnPath extends SenderUnderTest {
  /** Waits until the search attribute says so. */
  async shown(status: Status): Promise<void> {
    await eventually(
      status,
      async () => {
        const { typedSearchAttributes } = await this.handle.describe();
        return typedSearchAttributes.get(ATTRIBUTES.status);
      },
      (shown) => shown === status,
    );
  }
}
