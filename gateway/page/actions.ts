/** The buttons of the page. Each returns the result that the page then shows. */
import { randomUUID } from 'node:crypto';
import {
  NoWorkerError,
  TemporalUnavailableError,
  UpdateRefusedError,
  type RegistrationForm,
  type SenderView,
  type WholeView,
} from '../../client/index.ts';
import type { SenderPageOptions } from './options.ts';
import type { ActionResult } from './paths.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

export interface PageSender {
  readonly reference: Reference;
  readonly view: WholeView;
}

/** Long enough for a read of AR24, short enough for a person without JavaScript. */
const SOON_MS = 2_400;
/** The workflow's own pause between two mails. */
const MAIL_AGAIN_MS = 10 * 60_000;

/** Has AR24 read, and waits a moment for a change. */
export async function done(
  { onboardings }: Pick<SenderPageOptions, 'onboardings'>,
  { reference, view }: PageSender,
): Promise<ActionResult> {
  try {
    await onboardings.check(reference);
  } catch (error) {
    // The onboarding has ended meanwhile, and the page shows the outcome.
    if (error instanceof UpdateRefusedError) return 'checked';
    throw error;
  }
  const isNew = (now: SenderView) => now.status !== view.status;
  return (await soon(onboardings, reference, isNew)) === undefined ? 'not-yet' : 'checked';
}

/**
 * Has AR24 mail the person again, within the day's budget of their address.
 *
 * @param now ms since the epoch
 */
export async function again(
  { onboardings, budget }: Pick<SenderPageOptions, 'onboardings' | 'budget'>,
  { reference, view }: PageSender,
  now: number = Date.now(),
): Promise<ActionResult> {
  // Checked here, so that a refusal of the workflow takes no mail from the budget.
  if (isFresh(view, now)) return 'too-early';
  const mailKey = await onboardings.mails.keyOf(reference);
  const cause = `message/${reference}/${randomUUID()}`;
  const mail = mailKey === undefined ? undefined : await budget.take(mailKey, cause);
  if (mailKey !== undefined && mail === undefined) return 'enough-mails';
  try {
    await onboardings.remind(reference, { mail: 'counted' });
    return 'mailed';
  } catch (error) {
    if (!(error instanceof UpdateRefusedError)) throw error;
    await mail?.giveBack();
    return 'not-now';
  }
}

function isFresh({ requests, waitingFor: [first] }: WholeView, now: number): boolean {
  const what = first === 'attachment' ? 'access' : first;
  const last = requests.find((one) => one.kind === what)?.at;
  const agoMs = now - Date.parse(last ?? '');
  // A mail in the future means that our clock is wrong. The workflow then decides by Temporal's clock.
  return agoMs >= 0 && agoMs < MAIL_AGAIN_MS;
}

/**
 * Submits the form, and waits a moment for AR24's answer.
 *
 * @returns `undelivered` if Temporal or the workers are unavailable, the view if AR24 has refused the form
 */
export async function register(
  { onboardings }: Pick<SenderPageOptions, 'onboardings'>,
  { reference }: PageSender,
  form: RegistrationForm,
): Promise<ActionResult | 'undelivered' | WholeView> {
  try {
    await onboardings.register(reference, form);
  } catch (error) {
    if (error instanceof UpdateRefusedError) return 'not-wanted';
    if (isAway(error)) return 'undelivered';
    throw error;
  }
  // If AR24's refusal names no field, the onboarding first searches for an account.
  const isKnown = ({ status }: SenderView) =>
    status !== 'creating-account' && status !== 'requesting-access';
  const view = await soon(onboardings, reference, isKnown);
  if (view === undefined || view.partial) return 'registered';
  const isRefused = view.status === 'awaiting-registration' && view.fieldErrors.length > 0;
  return isRefused ? view : 'registered';
}

/** Whether Temporal or the workers are unavailable, so that a repetition may succeed. */
export function isAway(error: unknown): boolean {
  return error instanceof TemporalUnavailableError || error instanceof NoWorkerError;
}

/** The first view that fits, if one does within a moment. An outage meanwhile does not undo the action. */
async function soon(
  onboardings: SenderPageOptions['onboardings'],
  reference: Reference,
  fits: (view: SenderView) => boolean,
): Promise<SenderView | undefined> {
  const signal = AbortSignal.timeout(SOON_MS);
  try {
    for await (const view of onboardings.follow(reference, { signal })) {
      if (fits(view)) return view;
    }
  } catch (error) {
    if (!isAway(error)) throw error;
  }
  return undefined;
}
