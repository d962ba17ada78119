/** What an error reveals when it is printed, in any way. */
import { inspect } from 'node:util';
import { expect } from '@jest/globals';

/** What `act` throws; undefined if it throws nothing. */
export function thrownBy(act: () => unknown): Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

/** The same for a promise. */
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

interface SafeError {
  readonly kind: abstract new (...args: never[]) => Error;
  /** What it must not contain, nor any longer part of it. */
  readonly secrets: readonly string[];
  /** The length of its message. */
  readonly most: number;
}

/** Expects an error of one of these classes that reveals no secret when it is printed. */
export function expectSafeError(
  failure: Error | undefined,
  { kind, secrets, most }: SafeError,
): void {
  expect(failure).toBeInstanceOf(kind);
  // Its text, properties and causes.
  const printed = inspect(failure, { depth: 9 });
  expect(secrets.filter((secret) => repeats(printed, secret))).toEqual([]);
  expect(failure?.message.length).toBeLessThanOrEqual(most);
}

const PIECE = 12;

/** Whether a message contains a secret, or a longer part of it. */
function repeats(message: string, secret: string): boolean {
  if (secret.length <= PIECE) return message.includes(secret);
  for (let at = 0; at + PIECE <= secret.length; at++) {
    if (message.includes(secret.slice(at, at + PIECE))) return true;
  }
  return false;
}
