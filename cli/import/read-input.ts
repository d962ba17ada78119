/** The bytes of the file, or of standard input. */
import { open } from 'node:fs/promises';
import { CommandError } from '../failure.ts';
import { systemCode } from './file-error.ts';

const MOST_MEGABYTES = 50;
const MOST_BYTES = MOST_MEGABYTES * 1_024 * 1_024;

/**
 * @param path `-` for standard input
 * @throws CommandError
 */
export function readInput(path: string): Promise<Buffer> {
  return path === '-' ? readStandardInput() : readFile(path);
}

async function readFile(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    const code = systemCode(error);
    const why = code === 'ENOENT' ? ': there is no such file' : ` (${code})`;
    throw new CommandError(`${path} cannot be read${why}`);
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new CommandError(`${path} is no file; - reads standard input`);
    if (found.size > MOST_BYTES) throw tooLong(path);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function readStandardInput(): Promise<Buffer> {
  if (process.stdin.isTTY) process.stderr.write('CSV, then Ctrl-D on a line of its own:\n');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLong('standard input');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLong(name: string): CommandError {
  return new CommandError(
    `${name} is longer than ${MOST_MEGABYTES} MB: divide it, with the header line in each part`,
  );
}
