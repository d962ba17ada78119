import type { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';

/**
 * @param name of the value in messages, if it is not an object of named fields
 * @throws InvalidRequestError with every fault, and without the value
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown, name = ''): z.output<T> {
  const parsed = schema.safeParse(withoutNulls(value), { reportInput: false });
  if (parsed.success) return parsed.data;
  throw new InvalidRequestError(
    parsed.error.issues.map(({ path, message }) => ({
      path: [...(name === '' ? [] : [name]), ...path].map(String).join('.'),
      message,
    })),
  );
}

/** No request or settings file is nested deeper. */
const DEEPEST = 6;

/** Treats a `null` field as absent: many programs write `null` if they have no value. */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth === DEEPEST || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutNulls(one, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([name, one]) => [name, withoutNulls(one, depth + 1)]),
  );
}

/** A date is a value, and not a plain object. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
