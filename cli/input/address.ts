import { readStandardInput } from './standard-input.ts';

/** Longer than any address and the line ends around it. */
const MOST_BYTES = 1_024;

/** `-` reads it from standard input, so that it is in no shell history and no list of processes. */
export async function readAddress(given: string): Promise<string> {
  return given === '-' ? (await readStandardInput('E-mail address', MOST_BYTES)).trim() : given;
}
