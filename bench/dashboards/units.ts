/** Numbers as Grafana writes them for the units that the dashboards use. */

/** A unit that fits the largest value: what to divide by, and what to write after it. */
export interface Scale {
  readonly divisor: number;
  readonly suffix: string;
}

const ONE: Scale = { divisor: 1, suffix: '' };
const SECONDS: readonly (readonly [number, Scale])[] = [
  [2 * 86_400, { divisor: 86_400, suffix: ' d' }],
  [2 * 3_600, { divisor: 3_600, suffix: ' h' }],
  [2 * 60, { divisor: 60, suffix: ' min' }],
  [1, { divisor: 1, suffix: ' s' }],
  [0, { divisor: 0.001, suffix: ' ms' }],
];

/** @throws Error for a unit that no dashboard had when this was written */
export function scaleFor(unit: string, largest: number): Scale {
  switch (unit) {
    case 's':
      return SECONDS.find(([from]) => largest >= from)?.[1] ?? ONE;
    case 'ms': {
      const { divisor, suffix } = scaleFor('s', largest / 1000);
      return { divisor: divisor * 1000, suffix };
    }
    case 'bytes':
      return { divisor: 2 ** 20, suffix: ' MiB' };
    case 'percentunit':
      return { divisor: 0.01, suffix: ' %' };
    case 'cps':
    case 'reqps':
      return { divisor: 1, suffix: ' /s' };
    case 'none':
    case 'short':
      return ONE;
    default:
      if (!unit.startsWith('suffix:')) throw new Error(`unknown unit ${unit}`);
      return { divisor: 1, suffix: unit.slice('suffix:'.length) };
  }
}

/** @param decimals of a number that has them. Default: as many as three digits have */
export function written(value: number, unit: string, decimals?: number): string {
  const { divisor, suffix } = scaleFor(unit, Math.abs(value));
  const scaled = value / divisor;
  const digits = decimals ?? (Number.isInteger(scaled) || Math.abs(scaled) >= 100 ? 0 : 1);
  return scaled.toFixed(digits) + suffix;
}
