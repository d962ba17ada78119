import { expect, test } from '@jest/globals';
import { startRows } from '../../cli/import/start-rows.ts';
import type { StartResult } from '../../client/index.ts';
import { withClockSetBack } from '../support/clock.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'valid' as const,
    line: n + 2,
    reference: `customer-${n}`,
    request: { reference: `customer-${n}`, email: `customer-${n}@example.org` },
    warnings: [],
  }));

test('a clock that is set back by half an hour does not hold up an import', async () => {
  const started: string[] = [];
  const firstStart = Promise.withResolvers<undefined>();
  const onboardings = {
    start({ reference }: { readonly reference: string }): Promise<StartResult> {
      started.push(reference);
      firstStart.resolve(undefined);
      return Promise.resolve({ kind: 'started', reference, runId: 'a-run' });
    },
  };
  const { signal } = new AbortController();
  const nothing = () => undefined;
  const pace = { perSecond: 1_000, signal, onResult: nothing, onAway: nothing };
  const all = startRows(onboardings, rows(60), pace);
  await firstStart.promise;
  await withClockSetBack(() => all);
  expect(started).toHaveLength(60);
});
