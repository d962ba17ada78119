/**
 * What commands print. Results go to standard output: for people as text, with `--json` as one JSON
 * value a line. Everything else, such as progress, goes to standard error.
 */
export interface Output {
  readonly json: boolean;
  /** The result: JSON with `--json`, else as `text` puts it. */
  readonly result: (value: unknown, text: () => string) => void;
  /** For a person only: not part of the result. */
  readonly note: (line: string) => void;
}

export function createOutput(options: { readonly json?: boolean | undefined }): Output {
  const json = options.json === true;
  return {
    json,
    result(value, text) {
      process.stdout.write(`${json ? JSON.stringify(value) : text()}\n`);
    },
    note(line) {
      process.stderr.write(`${line}\n`);
    },
  };
}
