/** Preloaded by `prebuilt-bundle.ts`: `onboard` takes the bundle that it names, as an installed package takes its own. */
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const MODULE = new URL('../../worker/bundle.ts', import.meta.url).href;
const codePath = JSON.stringify(process.env['TEST_WORKFLOW_BUNDLE']);

if (isMainThread) {
  registerHooks({
    load: (url, context, next) =>
      url === MODULE
        ? {
            format: 'module',
            source: `export const workflowBundle = () => Promise.resolve({ codePath: ${codePath} });`,
            shortCircuit: true,
          }
        : next(url, context),
  });
}
