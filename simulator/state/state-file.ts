import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { EMPTY, SnapshotSchema, type Snapshot } from './snapshot.ts';

/** The state file is none of this simulator's. The message names it, and the way out. */
class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/**
 * What a state file holds; nothing yet if there is none.
 *
 * @throws StateFileError when it holds something else
 */
export async function readStateFile(path: string): Promise<Snapshot> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return EMPTY;
    throw error;
  }
  const parsed = SnapshotSchema.safeParse(jsonOrNothing(text));
  if (parsed.success) return parsed.data;
  throw new StateFileError(
    `${path} is not a state file of this simulator: ${z.prettifyError(parsed.error)}\n` +
      'Name another file, or delete this one to start afresh.',
  );
}

/**
 * Keeps the state file up to date. A file is written whole beside the old one and then takes its
 * place, so that a kill at any moment leaves the old state or the new one. Changes made while a
 * write runs share the next one.
 */
export class StateFile {
  readonly #path: string;
  readonly #snapshot: () => Snapshot;
  /** Changes seen, and changes on disk. */
  #seen = 0;
  #written = 0;
  #writing: Promise<void> | undefined;

  constructor(path: string, snapshot: () => Snapshot) {
    this.#path = path;
    this.#snapshot = snapshot;
  }

  changed(): void {
    this.#seen += 1;
  }

  /** Resolves when all changes made so far, by whichever call, are on disk. */
  async settled(): Promise<void> {
    const wanted = this.#seen;
    while (this.#written < wanted) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    const writing = this.#seen;
    const temporary = `${this.#path}.${process.pid}.tmp`;
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(temporary, JSON.stringify(this.#snapshot()), { mode: 0o600, flush: true });
    await rename(temporary, this.#path);
    this.#written = writing;
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
