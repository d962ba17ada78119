import type { z } from 'zod';
import { InvalidRequestError } from '../errors/index.ts';

/**
 * @param name of what is parsed, where that is not an object of named fields
 * @throws InvalidRequestError with every fault and no value
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown, name = ''): z.output<T> {
  const parsed = schema.safeParse(value, { reportInput: false });
  if (parsed.success) return parsed.data;
  throw new InvalidRequestError(
    parsed.error.issues.map(({ path, message }) => ({
      path: [...(name === '' ? [] : [name]), ...path].map(String).join('.'),
      message,
    })),
  );
}
