/** What is looked at of AR24: one dated call, and one without credentials for the clock. */
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { askAr24, checkAr24 } from './ar24.ts';
import { clockDifference } from './clock-difference.ts';
import { checkClock } from './clock.ts';
import { failed, skipped, type Finding } from './finding.ts';

const LIMIT_MS = 10_000;

export type Ar24Check = 'ar24' | 'clock';

/** Tells each finding as it is known. */
export async function checkAllOfAr24(
  environment: Environment,
  tell: (check: Ar24Check, finding: Finding) => void,
): Promise<void> {
  const values = valuesOf(environment);
  if (values === undefined) {
    for (const check of ['ar24', 'clock'] as const) {
      tell(check, skipped('not looked at: see environment'));
    }
    return;
  }
  const { AR24_BASE_URL, AR24_DATE_AHEAD_S } = values;
  const [asked, differenceS] = await Promise.all([
    askAr24(values, LIMIT_MS).catch((error: unknown) => asFinding(error)),
    clockDifference(AR24_BASE_URL, AbortSignal.timeout(LIMIT_MS)),
  ]);
  if (asked !== undefined && 'state' in asked) {
    tell('ar24', asked);
    tell('clock', skipped('not looked at: see ar24'));
    return;
  }
  tell('ar24', checkAr24(asked, new URL(AR24_BASE_URL).host));
  tell('clock', checkClock({ failure: asked, differenceS, aheadS: AR24_DATE_AHEAD_S }));
}

type Needed = Values<typeof AR24_VARIABLES> & Values<typeof WORKER_VARIABLES>;

/** What is wrong with them has been told by `environment`. */
function valuesOf(environment: Environment): Needed | undefined {
  try {
    return readEnvironment({ ...AR24_VARIABLES, ...WORKER_VARIABLES }, environment);
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

/** The library's own words on its options, which hold no value. */
function asFinding(error: unknown): Finding {
  if (error instanceof TypeError || error instanceof RangeError) return failed(error.message);
  throw error;
}
