/**
 * Before each test file: fast-check draws the same values in each run, so that a result depends on the change and not
 * on chance. FAST_CHECK_SEED=random draws new ones, and a number is used as the seed.
 */
import fc from 'fast-check';

const PUBLISHED = 2026;
const { FAST_CHECK_SEED: seed } = process.env;

if (seed !== 'random') fc.configureGlobal({ seed: seed ? Number(seed) : PUBLISHED });
