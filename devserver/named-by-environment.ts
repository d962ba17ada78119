import { isExecutable } from './executable.ts';
import { BinaryNotFoundError, found, notHere, type Attempt } from './find-in-order.ts';

/**
 * The binary that an environment variable names.
 *
 * @throws BinaryNotFoundError when it names something that cannot be run: what a person set on
 * purpose is never passed over in silence.
 */
export async function namedByEnvironment(variable: string): Promise<Attempt> {
  const path = process.env[variable];
  if (path === undefined || path === '') return notHere('not set');
  if (await isExecutable(path)) return found(path);
  throw new BinaryNotFoundError(
    `${variable} is set to ${path}, which is no executable file. Correct or unset it.`,
  );
}
