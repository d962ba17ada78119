/** The registration form, from a JSON file. What is wrong is told without what is in it. */
import { open } from 'node:fs/promises';
import { parseRequest, registrationForm, type RegistrationForm } from '../../client/index.ts';
import { CommandError } from '../failure.ts';
import { readStandardInput } from './standard-input.ts';

/** Many times the longest form that makes sense. */
const MOST_BYTES = 64 * 1_024;
const BYTE_ORDER_MARK = /^\uFEFF/;
const PLACE = /line \d+ column \d+/;

/**
 * @param path `-` for standard input
 * @throws CommandError or InvalidRequestError
 */
export async function readRegistration(path: string): Promise<RegistrationForm> {
  const written =
    path === '-'
      ? await readStandardInput('Registration form as JSON', MOST_BYTES)
      : await readFile(path);
  return parseRequest(registrationForm, parseJson(written, path), 'registration');
}

async function readFile(path: string): Promise<string> {
  const file = await open(path).catch((error: unknown) => {
    throw new CommandError(`${path} cannot be read${codeIn(error)}`);
  });
  try {
    if (!(await file.stat()).isFile()) throw new CommandError(`${path} is no file`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES + 1), 0);
    if (bytesRead > MOST_BYTES)
      throw new CommandError(`${path} is longer than ${MOST_BYTES} bytes`);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function parseJson(written: string, path: string): unknown {
  try {
    return JSON.parse(written.replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    // The engine's message quotes what it stumbled over; where that is may be told.
    const [place] = PLACE.exec(error instanceof Error ? error.message : '') ?? [];
    const where = place === undefined ? '' : ` (${place})`;
    const name = path === '-' ? 'standard input' : path;
    throw new CommandError(`${name} is not JSON${where}`);
  }
}

function codeIn(error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) return '';
  return error.code === 'ENOENT' ? ': there is no such file' : ` (${String(error.code)})`;
}
