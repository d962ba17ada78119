import type { z } from 'zod';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import { breachOf } from './envelope.ts';
import { Ar24ContractError } from './errors/index.ts';

/**
 * Reads the `result` of an answer.
 *
 * @throws Ar24ContractError naming the first field that is missing or wrong, as a path from `result`
 */
export function parseResult<T>(call: EndpointName, schema: z.ZodType<T>, result: unknown): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const { reason, field } = breachOf(parsed.error, result, 'result');
  throw new Ar24ContractError(ENDPOINTS[call], reason, { field });
}
