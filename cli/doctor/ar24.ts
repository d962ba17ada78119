/**
 * AR24's word on our credentials, by `GET /user/list` for one account. A success proves all there is:
 * token, date and signature were taken, and the encrypted answer could be read with our key. A read of
 * an address that has no account would be answered in clear, and so would not prove the key. It needs
 * no address either, and changes nothing.
 */
import { Ar24Client, isAr24Error, type Ar24Failure } from '../../ar24/index.ts';
import type { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import type { Values } from '../environment/variable.ts';
import { failed, ok, skipped, warning, type Finding } from './finding.ts';

type Ar24Values = Values<typeof AR24_VARIABLES>;

/**
 * @param withinMs the most that is waited, whatever AR24_TIMEOUT_MS says
 * @returns undefined when AR24 accepted the call
 */
export async function askAr24(
  values: Ar24Values,
  withinMs: number,
): Promise<Ar24Failure | undefined> {
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

export function checkAr24(failure: Ar24Failure | undefined, at: string): Finding {
  if (failure === undefined) return ok(`${at} takes our credentials, and we can read its answers`);
  switch (failure.kind) {
    case 'credentials':
      return failed(failure.message, 'Compare AR24_TOKEN and AR24_PRIVATE_KEY with AR24’s.');
    case 'clock':
      return skipped('not known: AR24 refuses the date (see clock)');
    case 'unknown-slug':
      return failed(
        failure.message,
        'This call sends nothing but token, date and signature. If the token is right, compare AR24_PRIVATE_KEY with AR24’s: the slug of a wrong signature is not public.',
      );
    case 'contract':
    case 'refused':
      return failed(
        failure.message,
        'Is AR24_BASE_URL that of its API, ending in `/api/`, and AR24_PRIVATE_KEY the one that goes with AR24_TOKEN?',
      );
    case 'network':
    case 'timeout':
      return failed(failure.message, 'Is AR24_BASE_URL right, and may this machine reach it?');
    case 'throttled':
    case 'maintenance':
      return warning(failure.message, 'Nothing: onboardings wait and go on by themselves.');
  }
}
