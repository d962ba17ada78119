import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

/** How an option is read that is the same as a variable of the environment. */
export function readAs<T extends z.ZodType>(schema: T): (written: string) => z.output<T> {
  return (written) => {
    const parsed = schema.safeParse(written);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '));
  };
}
