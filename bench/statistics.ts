/** Medians and percentiles by nearest rank: each is a measured value. */

/** @param part from 0 to 1; `values` must not be empty */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(part * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('no values to take a percentile of');
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `17`, or `17 (15 to 21)` where the runs differ. */
export function withSpread(values: readonly number[]): string {
  const [least, middle, most] = [0, 0.5, 1].map((part) => percentile(values, part));
  return least === most ? String(middle) : `${middle} (${least} to ${most})`;
}
