/** The definition of a metric, from which the metric itself, its checks and docs/metrics.md are made. */

export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** For operators, and in the exposition: what is counted or measured. */
  readonly help: string;
  readonly unit: string;
  /** All labels with all their values, or with the setting that names the values. */
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Upper bounds of a histogram's buckets, in its unit. */
  readonly buckets?: readonly number[];
}

/** Never what a caller or a person chose: each new value is a new time series, kept for as long as Prometheus keeps data. */
export type LabelValues = readonly string[] | { readonly from: string };

/** By their names in Prometheus. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;

/** The labels of a metric with one value each. */
export type LabelsOf<D extends MetricDefinition> = {
  readonly [L in keyof D['labels']]: D['labels'][L] extends readonly (infer Value extends string)[]
    ? Value
    : string;
};

/** Adds to a counter, sets a gauge, or observes a value in a histogram. */
export type Recorder<D extends MetricDefinitions> = <Name extends keyof D & string>(
  name: Name,
  labels: LabelsOf<D[Name]>,
  value?: number,
) => void;

/**
 * Has counters begin at 0. Prometheus sees no increase in a counter that appears with 1, so the first failure would
 * raise no alarm. Counters with several labels are left out: most of their series will never be needed.
 */
export function beginAtZero<D extends MetricDefinitions>(
  record: (name: keyof D & string, labels: Readonly<Record<string, string>>, value: number) => void,
  definitions: D,
): void {
  for (const [name, { type, labels }] of Object.entries(definitions)) {
    const [first, ...more] = Object.entries(labels);
    if (type !== 'counter' || more.length > 0) continue;
    if (first === undefined) record(name, {}, 0);
    else if (!('from' in first[1]))
      for (const value of first[1]) record(name, { [first[0]]: value }, 0);
  }
}
