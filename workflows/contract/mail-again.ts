/** Which mails AR24 can be asked to repeat, and since when: for everybody who reads a view. */
import { REPEATABLE, requestFor, type MailRequest } from './requirements.ts';
import type { OnboardingView } from './view.ts';

/** The pause between two mails of one onboarding, ms. */
export const MAIL_AGAIN_MS = 10 * 60_000;

type Readable = Pick<OnboardingView, 'waitingFor' | 'requests' | 'claims'>;

/** The mails that a reminder repeats now: requested before, and still unanswered. Access is not, after a refusal. */
export function mailsToRepeat({ waitingFor, requests, claims }: Readable): readonly MailRequest[] {
  const isRefused = claims.some(({ what }) => what === 'refusal');
  return REPEATABLE.filter((what) => waitingFor.includes(what))
    .map((what): MailRequest => requestFor(what))
    .filter((kind) => requests.some((one) => one.kind === kind))
    .filter((kind) => kind !== 'access' || !isRefused);
}

/** When the next mail may be requested, ms since the epoch; null if AR24 can repeat none. */
export function mailAgainFrom(view: Readable): number | null {
  const kinds: readonly string[] = mailsToRepeat(view);
  const last = view.requests.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at);
  return last.length === 0 ? null : Math.max(...last.map(Date.parse)) + MAIL_AGAIN_MS;
}
