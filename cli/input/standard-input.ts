import { CommandError } from '../failure.ts';

/**
 * All of standard input.
 *
 * @param what is read, as a person is asked for it where standard input is a terminal
 * @throws CommandError when there is more than `most` bytes
 */
export async function readStandardInput(what: string, most: number): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`${what}, then Ctrl-D on a line of its own:\n`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw new CommandError(`more than ${most} bytes on standard input`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
