/** The registration form, from a JSON file. Messages name what is wrong without the values. */
import {
  parseRequest,
  prefill as prefillSchema,
  registrationForm,
  type Prefill,
  type RegistrationForm,
} from '../../client/index.ts';
import { CommandError } from '../failure.ts';
import { inputName, readText, type InputLimit } from './read-input.ts';

/** Many times the longest valid form. */
const LIMIT: InputLimit = { bytes: 65_536, words: '65536 bytes' };
const PLACE = /line \d+ column \d+/;

/**
 * @param path `-` for standard input
 * @throws CommandError or InvalidRequestError
 */
export async function readRegistration(path: string): Promise<RegistrationForm> {
  const written = await readText(path, 'Registration form as JSON', LIMIT);
  return parseRequest(registrationForm, parseJson(written, path), 'registration');
}

/** A part of the form. @throws as {@link readRegistration} */
export async function readPrefill(path: string): Promise<Prefill> {
  const written = await readText(path, 'Part of the registration form as JSON', LIMIT);
  return parseRequest(prefillSchema, parseJson(written, path), 'prefill');
}

function parseJson(written: string, path: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    // The engine's message quotes the text at fault. Only the place may be printed.
    const [place] = PLACE.exec(error instanceof Error ? error.message : '') ?? [];
    const where = place === undefined ? '' : ` (${place})`;
    throw new CommandError(`${inputName(path)} is not JSON${where}`);
  }
}
