import { createInterface } from 'node:readline/promises';
import { CommandError } from '../failure.ts';
import { drawable, safe } from '../terminal.ts';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a person to confirm a deletion by typing the expected text.
 *
 * @param warning describes the consequences
 * @throws CommandError where another text is typed, or the input is no terminal
 */
export async function confirmByTyping(
  expected: string,
  warning: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (input.isTTY !== true) {
    throw new CommandError(`${warning} The input is no terminal: use --yes to go ahead`);
  }
  const prompt = createInterface({ input, output: drawable(output) });
  try {
    const typed = await prompt.question(safe(`${warning}\nType ${expected} to go ahead: `));
    if (typed.trim() !== expected) throw new CommandError('not confirmed; nothing was done');
  } finally {
    prompt.close();
  }
}
