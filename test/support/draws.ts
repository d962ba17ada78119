/** Enough to find most mistakes, and few enough to wait for. */
const FEW = 300;

/**
 * How many cases fast-check draws for a property: a few hundred by default, all of `most` in CI, and
 * FAST_CHECK_FACTOR times `most` where that is set.
 */
export function draws(most: number): number {
  const { CI, FAST_CHECK_FACTOR: factor } = process.env;
  if (factor) return Math.round(most * Number(factor));
  return CI ? most : Math.min(most, FEW);
}

/** As many of the drawn cases as `count` is of `most`: what has to be among them, however many were drawn. */
export function inProportion(count: number, most: number): number {
  return Math.floor((count * draws(most)) / most);
}
