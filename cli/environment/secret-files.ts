/**
 * Secrets as files. Each variable that is marked `secret` may be set as a file instead: `NAME_FILE` is the path of a file
 * that holds the value. Neither is in a message: somebody may set `NAME_FILE` to the secret itself.
 */
import { readFileSync, statSync } from 'node:fs';
import { NotUtf8Error, textIn } from '../../client/schemas/utf8.ts';
import { systemErrorIn } from '../system-error.ts';
import type { EnvironmentFault } from './environment-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Far more than twenty keys. */
const MOST_BYTES = 65_536;

/** The variable that names the file. */
function fileVariableOf(name: string): string {
  return `${name}_FILE`;
}

function written(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** Whether a variable is set, by its value or as a file. An empty variable counts as not set. */
export function isSet(environment: Environment, name: string): boolean {
  return [name, fileVariableOf(name)].some((one) => written(environment, one) !== undefined);
}

/** The environment with these values where it has none, neither by value nor as a file. */
export function withDefaults(environment: Environment, values: Environment): Environment {
  const missing = Object.entries(values).filter(([name]) => !isSet(environment, name));
  return { ...environment, ...Object.fromEntries(missing) };
}

/** The environment with these values in place of its own, whether they were set by value or as a file. */
export function withValues(environment: Environment, values: Environment): Environment {
  const files = Object.keys(values).map((name) => [fileVariableOf(name), undefined] as const);
  return { ...environment, ...Object.fromEntries(files), ...values };
}

export type SecretValue =
  | { readonly kind: 'not-set' }
  /** `name`: the variable that a fault of the value is reported for. */
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'fault'; readonly fault: EnvironmentFault };

/** The value of a secret. A line break at the end of its file does not belong to it. */
export function secretValue(environment: Environment, name: string): SecretValue {
  const value = written(environment, name);
  const fileName = fileVariableOf(name);
  const path = written(environment, fileName)?.trim();
  const fault = (message: string): SecretValue => ({
    kind: 'fault',
    fault: { name: fileName, message },
  });
  if (path === undefined) {
    return value === undefined ? { kind: 'not-set' } : { kind: 'set', name, value };
  }
  if (value !== undefined) return fault(`is set, and so is ${name}: set only one of them`);
  try {
    const found = statSync(path);
    // Anything else, such as a pipe, could keep the program waiting.
    if (!found.isFile()) return fault('names no file, but a directory or a device');
    if (found.size > MOST_BYTES) return fault(`names a file of more than ${MOST_BYTES} bytes`);
    const text = textIn(readFileSync(path)).trim();
    if (text === '') return fault('names a file that is empty');
    return { kind: 'set', name: fileName, value: text };
  } catch (error) {
    if (error instanceof NotUtf8Error) return fault(`names a file that ${error.message}`);
    const code = systemErrorIn(error)?.code;
    if (code === undefined) throw error;
    return fault(`names a file that cannot be read (${code})`);
  }
}

const READABLE_BY_ALL = 0o004;

/** Of these secrets, the variables that name a file which every user of the machine may read. */
export function openFiles(environment: Environment, names: readonly string[]): readonly string[] {
  return names.map(fileVariableOf).filter((name) => {
    const path = written(environment, name)?.trim();
    if (path === undefined) return false;
    const { mode = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
    return (mode & READABLE_BY_ALL) !== 0;
  });
}
