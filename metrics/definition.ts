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
