import { createInterface } from 'node:readline/promises';
import { CommandError } from '../failure.ts';

interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Has a person type what is about to be destroyed.
 *
 * @param warning what that means
 * @throws CommandError where he types something else, or nobody is there to ask
 */
export async function confirmByTyping(
  expected: string,
  warning: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (input.isTTY !== true) {
    throw new CommandError(`${warning} Nobody is here to be asked: say --yes to go ahead`);
  }
  const asking = createInterface({ input, output });
  try {
    const typed = await asking.question(`${warning}\nType ${expected} to go ahead: `);
    if (typed.trim() !== expected) throw new CommandError('not confirmed; nothing was done');
  } finally {
    asking.close();
  }
}
