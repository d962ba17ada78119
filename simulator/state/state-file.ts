import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { joined, type Change, type Snapshot } from './snapshot.ts';

/** The file is rewritten when the appended changes exceed this many bytes and the size of the whole state. */
const LEAST_ADDED = 1024 * 1024;

/** The records to store. */
export interface Stored {
  snapshot(): Snapshot;
  readonly calls: Readonly<Record<string, number>>;
}

/**
 * Writes the state file: a line with the whole state, then a line for each change, so that the cost of a
 * change does not depend on the size of the state. When the changes are larger than the state, the file is
 * rewritten under a temporary name and renamed.
 *
 * One line contains all changes of a call, and a reader ignores a line that a kill cut short: after a kill,
 * the file has the state before a call or after it. Calls that arrive while a line is being written share
 * the next line.
 */
export class StateFile {
  readonly #path: string;
  readonly #stored: Stored;
  /** The number of changes made, and of changes on disk. */
  #made = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #pending: Change = {};
  /** The open file; undefined: the file has to be rewritten. */
  #file: FileHandle | undefined;
  /** Bytes that can be appended before the next rewrite. */
  #room = 0;
  /** Whether the whole state was replaced since the last write. */
  #isReplaced = false;

  constructor(path: string, stored: Stored) {
    this.#path = path;
    this.#stored = stored;
  }

  changed(change: Change): void {
    this.#made += 1;
    this.#pending = joined(this.#pending, change);
  }

  /** The whole state was replaced: the next write rewrites the file. */
  replaced(): void {
    this.#made += 1;
    this.#isReplaced = true;
  }

  /** Resolves when all changes so far, of all calls, are on disk. */
  async settled(): Promise<void> {
    const wanted = this.#made;
    while (this.#written < wanted) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#forgetFile();
  }

  async #write(): Promise<void> {
    const writing = this.#made;
    const { calls } = this.#stored;
    const line = `${JSON.stringify({ ...this.#pending, calls })}\n`;
    this.#pending = {};
    try {
      const file = this.#isReplaced ? undefined : this.#file;
      if (file === undefined || this.#room < line.length) await this.#writeAll();
      else await this.#add(file, line);
    } catch (error) {
      // The file may end with half a line, and the change is no longer pending: rewrite it next time.
      await this.#forgetFile();
      throw error;
    }
    this.#written = writing;
  }

  async #add(file: FileHandle, line: string): Promise<void> {
    this.#room -= line.length;
    await file.appendFile(line);
    await file.datasync();
  }

  async #writeAll(): Promise<void> {
    const text = `${JSON.stringify(this.#stored.snapshot())}\n`;
    // Reset before the write: a replacement during the write is not in this text.
    this.#isReplaced = false;
    await this.#forgetFile();
    await mkdir(dirname(this.#path), { recursive: true });
    const temporary = temporaryName(this.#path, process.pid);
    // The file stays open, so that later changes are appended to it.
    const file = await open(temporary, 'w', 0o600);
    this.#file = file;
    await file.appendFile(text);
    await file.datasync();
    await rename(temporary, this.#path);
    this.#room = Math.max(LEAST_ADDED, text.length);
  }

  async #forgetFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

/** The name of the file while it is rewritten. A kill may leave it behind. */
export function temporaryName(path: string, pid: number | string): string {
  return `${path}.${pid}.tmp`;
}
