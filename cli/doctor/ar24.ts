/**
 * The checks of AR24. The credentials are checked by `GET /user/list` for one account: a success proves that
 * AR24 accepts token, date and signature, and that our key decrypts its answers. It needs no address, and
 * changes nothing. A read of an unknown address would not do: its answer is not encrypted.
 */
import { Ar24Client, isAr24Error, type Ar24Failure } from '../../ar24/index.ts';
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { clockDifference, checkClock } from './clock.ts';
import { failed, ok, skipped, warning, type Finding } from './finding.ts';

type Ar24Values = Values<typeof AR24_VARIABLES>;

/**
 * @param withinMs a limit below AR24_TIMEOUT_MS
 * @returns undefined when AR24 accepted the call
 */
async function callAr24(values: Ar24Values, withinMs: number): Promise<Ar24Failure | undefined> {
  const ar24 = new Ar24Client({
    baseUrl: values.AR24_BASE_URL,
    token: values.AR24_TOKEN,
    privateKey: values.AR24_PRIVATE_KEY,
    timeoutMs: Math.min(withinMs, values.AR24_TIMEOUT_MS),
    dateAheadS: values.AR24_DATE_AHEAD_S,
  });
  try {
    await ar24.listUsers({ pageSize: 1 }).next();
    return undefined;
  } catch (error) {
    if (isAr24Error(error)) return error;
    throw error;
  }
}

function checkAr24(failure: Ar24Failure | undefined, at: string): Finding {
  if (failure === undefined)
    return ok(`${at} accepts our credentials, and we can read its answers`);
  switch (failure.kind) {
    case 'credentials':
      return failed(failure.message, 'Compare AR24_TOKEN and AR24_PRIVATE_KEY with AR24’s.');
    case 'clock':
      return skipped('not known: AR24 refuses the date (see clock)');
    case 'unknown-slug':
      return failed(
        failure.message,
        'This call sends token, date and signature only. If the token is right, compare AR24_PRIVATE_KEY with AR24’s: the slug of a wrong signature is not public.',
      );
    case 'contract':
    case 'refused':
      return failed(
        failure.message,
        'Is AR24_BASE_URL that of its API, ending in `/api/`, and AR24_PRIVATE_KEY the key of AR24_TOKEN?',
      );
    case 'network':
    case 'timeout':
      return failed(failure.message, 'Is AR24_BASE_URL right, and may this machine reach it?');
    case 'throttled':
    case 'maintenance':
      return warning(failure.message, 'Nothing: onboardings wait and go on by themselves.');
  }
}

const LIMIT_MS = 10_000;

export type Ar24Check = 'ar24' | 'clock';

/** Reports each finding: of one dated call, and of a request without credentials for the clock. */
export async function checkAllOfAr24(
  environment: Environment,
  report: (check: Ar24Check, finding: Finding) => void,
): Promise<void> {
  const values = valuesOf(environment);
  if (values === undefined) {
    for (const check of ['ar24', 'clock'] as const) {
      report(check, skipped('not checked: see environment'));
    }
    return;
  }
  const { AR24_BASE_URL, AR24_DATE_AHEAD_S } = values;
  const [failure, differenceS] = await Promise.all([
    callAr24(values, LIMIT_MS).catch((error: unknown) => asFinding(error)),
    clockDifference(AR24_BASE_URL, AbortSignal.timeout(LIMIT_MS)),
  ]);
  if (failure !== undefined && 'state' in failure) {
    report('ar24', failure);
    report('clock', skipped('not checked: see ar24'));
    return;
  }
  report('ar24', checkAr24(failure, new URL(AR24_BASE_URL).host));
  report('clock', checkClock({ failure, differenceS, aheadS: AR24_DATE_AHEAD_S }));
}

type Needed = Values<typeof AR24_VARIABLES> & Values<typeof WORKER_VARIABLES>;

/** Undefined where the check `environment` reports the faults. */
function valuesOf(environment: Environment): Needed | undefined {
  try {
    return readEnvironment({ ...AR24_VARIABLES, ...WORKER_VARIABLES }, environment);
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

/** The client's message about invalid options holds no value. */
function asFinding(error: unknown): Finding {
  if (error instanceof TypeError || error instanceof RangeError) return failed(error.message);
  throw error;
}
