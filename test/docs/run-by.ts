/** What runs a command that the documentation shows. */
export interface RunBy {
  /** A file, and a text in it: the name of a test, or a command. */
  readonly by?: readonly [file: string, words: string];
  readonly notRun?: string;
}

export const by = (file: string, words: string): RunBy => ({ by: [file, words] });
