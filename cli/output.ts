import { printableJson } from '../worker/printable.ts';
import type { ExitCode } from './exit-codes.ts';

/**
 * How commands print. Results go to standard output: as text, or with `--json` as one JSON value a line.
 * Everything else, such as progress, goes to standard error.
 */
export interface Output {
  readonly json: boolean;
  /** Prints the result: `value` with `--json`, `text` otherwise. */
  readonly result: (value: unknown, text: () => string) => void;
  /** Prints a line for a person, which is not part of the result. */
  readonly note: (line: string) => void;
}

export function createOutput(options: { readonly json?: boolean | undefined }): Output {
  const json = options.json === true;
  return {
    json,
    result(value, text) {
      process.stdout.write(`${json ? printableJson(JSON.stringify(value)) : text()}\n`);
    },
    note(line) {
      process.stderr.write(`${line}\n`);
    },
  };
}

/** A command that acts does all of it, although the reader of standard output closes it, as `head` does. */
export function goOnWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Exits when the reader of standard output closes it, as `head` does: that is no failure. */
export function exitWithTheReader(exitCode: ExitCode): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCode);
  });
}
