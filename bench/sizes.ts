/** The sizes of all parts: full for docs/figures.md, short for CI, which only checks that the benchmark works. */
export interface Sizes {
  /** The number of runs of each measurement; medians are shown. */
  readonly runs: number;
  /** Onboardings in each run of throughput, resume and import. */
  readonly onboardings: number;
  /** The number of onboardings at the same time. */
  readonly concurrency: number;
  /** The duration of each load on the gateway. */
  readonly seconds: number;
  /** The duration of the measurement of the gateway's memory. */
  readonly minutes: number;
  /** The load before the first run, which is not measured. Without onboardings there is no such run of them. */
  readonly warmUp: { readonly onboardings: number; readonly seconds: number };
  /** Numbers of parked senders in the cache of the measured worker, rising. */
  readonly parked: readonly number[];
  /** Whether these workers bundle the workflows themselves, as any worker from its sources does. */
  readonly bundlesItself: boolean;
  /** How long a process is idle before its memory is measured. */
  readonly idleS: number;
  /** The number of waiting senders in the gateway's measurements. */
  readonly waiting: number;
  /** Rows of open onboardings in the visibility store (operator); 0: on a development server, without any. */
  readonly openRows: number;
}

export const FULL: Sizes = {
  runs: 3,
  onboardings: 200,
  concurrency: 50,
  seconds: 60,
  minutes: 10,
  warmUp: { onboardings: 20, seconds: 5 },
  parked: [0, 1_000, 2_000],
  bundlesItself: true,
  idleS: 60,
  waiting: 300,
  openRows: 140_000,
};

/** So small that most of the time is the start of processes: none of its figures means anything. */
export const SHORT: Sizes = {
  runs: 1,
  onboardings: 4,
  concurrency: 2,
  seconds: 1,
  minutes: 0.05,
  warmUp: { onboardings: 0, seconds: 0.4 },
  parked: [0, 3, 6],
  bundlesItself: false,
  idleS: 1,
  waiting: 4,
  openRows: 0,
};
