import { isOnLoopback } from '../environment/loopback.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

/** Whether real senders' data would lie readable in Temporal. @param baseUrl AR24's */
export function checkPayloads(baseUrl: string, allowPlaintext: boolean): Finding {
  if (isOnLoopback(baseUrl)) {
    return ok('AR24 is on this machine: no data of real senders');
  }
  const found = 'payloads lie unencrypted in Temporal, and AR24 is a real one';
  if (allowPlaintext) return warning(`${found}: allowed by ONBOARDING_ALLOW_PLAINTEXT=1`);
  return failed(
    `${found}: a worker refuses to start`,
    'Where whoever can read Temporal may read senders’ data: ONBOARDING_ALLOW_PLAINTEXT=1.',
  );
}
