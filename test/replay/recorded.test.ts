/** Every recorded history is replayed by the present code; a mutated one is refused. */
import { beforeAll, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { dataConverter } from '../support/encryption.ts';
import { recordedHistories, type History, type Recorded } from '../support/histories.ts';
import { payloadsIn, textIn } from '../support/payloads-in.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { MUTATIONS } from './mutations.ts';

let recorded: readonly Recorded[];

beforeAll(async () => {
  quietRuntime();
  recorded = await recordedHistories();
});

test('every recorded history is replayed', async () => {
  expect(recorded.length).toBeGreaterThan(0);
  const failed = (await replayed(recorded)).filter(([, error]) => error !== undefined);
  expect(failed).toEqual([]);
});

test.each(MUTATIONS)('a history in which $what is refused', async ({ of }) => {
  const mutated = recorded.flatMap((one) => {
    const history = of(one.history);
    return history ? [{ ...one, history }] : [];
  });
  expect(mutated.length).toBeGreaterThan(0);
  const errors = await replayed(mutated);
  const taken = errors.filter(([, error]) => !(error instanceof DeterminismViolationError));
  expect(taken).toEqual([]);
});

test('every history is mutated at least once', () => {
  const unmutated = recorded.filter(({ history }) =>
    MUTATIONS.every(({ of }) => of(history) === null),
  );
  expect(unmutated.map(({ path }) => path)).toEqual([]);
});

test('no history names the machine that made it', async () => {
  // Except for the simulator's own payment links, which AR24 would give.
  const machine =
    /\/(?:root|home|work|tmp|Users)\/|\d+@(?!example)|127\.0\.0\.1(?!:\d+\/m\/)|\bat .*:\d+:\d+/;
  for (const { path, history } of recorded) {
    expect([path, machine.exec(await textOf(history))?.[0]]).toEqual([path, undefined]);
  }
});

/** The path of each, and the error of its replay: undefined if it went as recorded. */
async function replayed(histories: readonly Recorded[]): Promise<readonly (readonly unknown[])[]> {
  const errors: unknown[] = [];
  const bundle = await workflowBundle();
  for await (const { error } of Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter },
    histories,
  )) {
    errors.push(error);
  }
  return histories.map(({ path }, n) => [path, errors[n]]);
}

/** All texts in it, also inside of payloads. */
async function textOf(history: History): Promise<string> {
  const outside = JSON.stringify(history, (_name, value: unknown) =>
    value instanceof Uint8Array ? '' : value,
  );
  return [outside, ...(await Promise.all(payloadsIn(history).map(textIn)))].join('\n');
}
