import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { joined, type Change } from './delta.ts';
import type { Snapshot } from './snapshot.ts';

/** Changes are added to the file up to this many bytes, or as many as the whole state takes. */
const LEAST_ADDED = 1024 * 1024;

/** What is kept. */
export interface Remembered {
  snapshot(): Snapshot;
  readonly calls: Readonly<Record<string, number>>;
}

/**
 * Keeps the state file up to date: a line with the whole state, then a line for each change, so that
 * a change costs the same however much there is. Once the changes outweigh the state, the file is
 * written anew beside the old one and takes its place.
 *
 * All that one call changes is in one line, and a line that a kill cut short is none: a kill at any
 * moment leaves the state before a call or after it. Calls that arrive while a line is being written
 * share the next one.
 */
export class StateFile {
  readonly #path: string;
  readonly #remembered: Remembered;
  /** Changes seen, and changes on disk. */
  #seen = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #pending: Change = {};
  /** Where lines are added; undefined: the file has to be written anew. */
  #file: FileHandle | undefined;
  /** Bytes that can be added before it is. */
  #room = 0;
  /** Whether more has changed than the pending change tells. */
  #isReplaced = false;

  constructor(path: string, remembered: Remembered) {
    this.#path = path;
    this.#remembered = remembered;
  }

  changed(change: Change): void {
    this.#seen += 1;
    this.#pending = joined(this.#pending, change);
  }

  /** Nothing is as it was: the next write is one of everything. */
  replaced(): void {
    this.#seen += 1;
    this.#isReplaced = true;
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

  async close(): Promise<void> {
    await this.settled();
    await this.#forgetFile();
  }

  async #write(): Promise<void> {
    const writing = this.#seen;
    const { calls } = this.#remembered;
    const line = `${JSON.stringify({ ...this.#pending, calls })}\n`;
    this.#pending = {};
    try {
      const file = this.#isReplaced ? undefined : this.#file;
      if (file === undefined || this.#room < line.length) await this.#writeAll();
      else await this.#add(file, line);
    } catch (error) {
      // Half a line may be there, and the change is no longer pending: all is written next time.
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
    const text = `${JSON.stringify(this.#remembered.snapshot())}\n`;
    // From here on: what is replaced while this is being written is not in it.
    this.#isReplaced = false;
    await this.#forgetFile();
    await mkdir(dirname(this.#path), { recursive: true });
    const temporary = temporaryName(this.#path, process.pid);
    // The same file stays open for what is added to it later.
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

/** Of the file that takes the place of the old one; left behind by a kill at the wrong moment. */
export function temporaryName(path: string, pid: number | string): string {
  return `${path}.${pid}.tmp`;
}
