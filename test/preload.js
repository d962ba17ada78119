/** Preloaded by `npm test` into jest, its workers, and their threads, which inherit the option. */
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// Tests start `onboard` some hundred times. From this cache, Node starts it in half of the CPU time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/node-compile-cache', import.meta.url),
);

if (isMainThread) await import('./end-together.ts');
