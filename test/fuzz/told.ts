/** What a failure gives away to whoever prints it, in whichever way. */
import { inspect } from 'node:util';
import { expect } from '@jest/globals';

/** What `act` throws; undefined where it throws nothing. */
export function thrownBy(act: () => unknown): Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

/** The same of a promise. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('thrown, and no error', { cause: thrown });
}

interface Promised {
  readonly kind: abstract new (...args: never[]) => Error;
  /** What it must not hold, nor any longer piece of it. */
  readonly secrets: readonly string[];
  /** Characters of its message. */
  readonly most: number;
}

/** That a failure is of the kind that was promised, and gives nothing away to whoever prints it. */
export function expectTells(failure: Error | undefined, { kind, secrets, most }: Promised): void {
  expect(failure).toBeInstanceOf(kind);
  // Its text, properties and causes.
  const told = inspect(failure, { depth: 9 });
  expect(secrets.filter((secret) => repeats(told, secret))).toEqual([]);
  expect(failure?.message.length).toBeLessThanOrEqual(most);
}

const PIECE = 12;

/** Whether a message holds a secret, or a longer piece of it. */
function repeats(message: string, secret: string): boolean {
  if (secret.length <= PIECE) return message.includes(secret);
  for (let at = 0; at + PIECE <= secret.length; at++) {
    if (message.includes(secret.slice(at, at + PIECE))) return true;
  }
  return false;
}
