import type { Column } from './columns.ts';

/** What is wrong with a row. Never holds the value at fault. */
export interface Fault {
  /** Null for the row as a whole. */
  readonly column: Column | null;
  readonly message: string;
}
