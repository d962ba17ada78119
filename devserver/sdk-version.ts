import { createRequire } from 'node:module';
import { z } from 'zod';

const testing: unknown = createRequire(import.meta.url)('@temporalio/testing/package.json');

/** The SDK's version, which decides what its download brings. */
export const SDK_VERSION = z.object({ version: z.string() }).parse(testing).version;
