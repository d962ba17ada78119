/**
 * What fast-check draws is the same in each run, so that a change is judged and not the luck of the
 * draw. FAST_CHECK_SEED=random draws anew, FAST_CHECK_FACTOR=20 draws so many times as many lives.
 */
import fc from 'fast-check';

const PUBLISHED = 2026;
const { FAST_CHECK_SEED: seed } = process.env;

if (seed !== 'random') fc.configureGlobal({ seed: seed ? Number(seed) : PUBLISHED });
