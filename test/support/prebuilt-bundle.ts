/**
 * From source, `onboard worker` and `onboard up` bundle the workflows at each start, which takes 2 s of computing. Those
 * of tests take the bundle that test/global-temporal.ts has built once for the run. test/up/one-machine.test.ts shows
 * `npm start` without it, and test/worker/running.test.ts a worker.
 */
const PRELOADED = new URL('./preloaded-bundle.ts', import.meta.url).href;

/** The environment of such a process; empty where the run has no bundle. */
export function prebuiltBundle(): Readonly<Record<string, string>> {
  const { TEST_WORKFLOW_BUNDLE } = process.env;
  return TEST_WORKFLOW_BUNDLE === undefined
    ? {}
    : { TEST_WORKFLOW_BUNDLE, NODE_OPTIONS: `--import=${PRELOADED}` };
}
