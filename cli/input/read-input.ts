/** Input of a command: a file, or standard input for `-`. Nothing is read beyond a limit. */
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { NotUtf8Error, textIn } from '../../client/schemas/utf8.ts';
import { CommandError } from '../failure.ts';
import { systemErrorIn } from '../system-error.ts';
import { drawable } from '../terminal.ts';
import type { Terminal } from './confirmation.ts';

export interface InputLimit {
  readonly bytes: number;
  /** Completes "… is longer than": the limit, and what to do about it. */
  readonly words: string;
}

/** Longer than any address with the line ends around it. */
const ADDRESS_LIMIT: InputLimit = { bytes: 1_024, words: '1024 bytes' };

/** The input's name for a person. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/**
 * @param what is expected; printed where standard input is a terminal
 * @throws CommandError where it cannot be read or is too long
 */
export function readInput(path: string, what: string, limit: InputLimit): Promise<Buffer> {
  return path === '-' ? readStandardInput(what, limit) : readFile(path, limit);
}

/** The same as text. @throws CommandError, also where it is not UTF-8 */
export async function readText(path: string, what: string, limit: InputLimit): Promise<string> {
  const bytes = await readInput(path, what, limit);
  try {
    return textIn(bytes);
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    throw new CommandError(`${inputName(path)} ${error.message}; save it as UTF-8`);
  }
}

/**
 * An address as given. With `-` a person is asked for it on a terminal, or it is read from standard input, so that no
 * shell history and no list of processes shows it.
 */
export async function readAddress(given: string, terminal?: Terminal): Promise<string> {
  if (given !== '-') return given;
  if ((terminal?.input ?? process.stdin).isTTY === true) return askFor('E-mail address', terminal);
  return (await readText('-', 'E-mail address', ADDRESS_LIMIT)).trim();
}

async function askFor(
  what: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const prompt = createInterface({ input, output: drawable(output) });
  try {
    return (await prompt.question(`${what}: `)).trim();
  } finally {
    prompt.close();
  }
}

async function readFile(path: string, limit: InputLimit): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    const code = systemErrorIn(error)?.code ?? 'unknown';
    const why = code === 'ENOENT' ? ': there is no such file' : ` (${code})`;
    throw new CommandError(`${path} cannot be read${why}`);
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new CommandError(`${path} is no file; - reads standard input`);
    if (found.size > limit.bytes) throw tooLong(path, limit);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function readStandardInput(what: string, limit: InputLimit): Promise<Buffer> {
  if (process.stdin.isTTY) process.stderr.write(`${what}, then Ctrl-D on a line of its own:\n`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit.bytes) throw tooLong(inputName('-'), limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLong(name: string, { words }: InputLimit): CommandError {
  return new CommandError(`${name} is longer than ${words}`);
}
