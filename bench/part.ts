/** The type of the benchmark's parts. */
import type { Sizes } from './sizes.ts';

export interface BenchSettings extends Sizes {
  /** Prints a line of progress; not part of the result. */
  readonly progress: (line: string) => void;
}

export type FigureRow = Readonly<Record<string, string | number>>;

export interface Table {
  readonly title: string;
  readonly rows: readonly FigureRow[];
}

export interface Figures {
  readonly tables: readonly Table[];
  /** Explanations of the tables. */
  readonly notes: readonly string[];
  /** Sentences that say why the figures are invalid, such as too many wrong answers. */
  readonly broken?: readonly string[];
}

export interface Part {
  readonly name: string;
  readonly summary: string;
  measure(settings: BenchSettings): Promise<Figures>;
}
