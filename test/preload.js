/** Preloaded by `npm test` into jest, its workers, and their threads, which inherit the option. */
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// Packages that Jest, its threads and the processes of tests load are compiled once.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/onboard', import.meta.url),
);

if (isMainThread) await import('./end-together.ts');
