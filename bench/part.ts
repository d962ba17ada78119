/** What every part of the benchmark is made of. */

export interface BenchSettings {
  /** How often each thing is measured; medians are shown. */
  readonly runs: number;
  /** Onboardings in each run, where many are measured at once. */
  readonly onboardings: number;
  /** How many of them are under way at the same time. */
  readonly concurrency: number;
  /** How long each load on the gateway goes on. */
  readonly seconds: number;
  /** How long the gateway's memory is watched. */
  readonly minutes: number;
  /** Tells a person what is going on; not part of the result. */
  readonly progress: (line: string) => void;
}

export type Row = Readonly<Record<string, string | number>>;

export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface Figures {
  readonly tables: readonly Table[];
  /** What a reader has to know to read the tables right. */
  readonly notes: readonly string[];
}

export interface Part {
  readonly name: string;
  readonly summary: string;
  measure(settings: BenchSettings): Promise<Figures>;
}
