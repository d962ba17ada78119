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
import { mailAgainFrom } from '../../workflows/contract/index.ts';
import { mayRefuse } from './journey/journey.ts';
import { againKinds, isTooEarly } from './journey/mails.ts';
import type { SenderPageOptions } from './options.ts';
import type { ActionResult } from './paths.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

export interface PageSender {
  readonly reference: Reference;
  readonly view: WholeView;
}

/** Long enough for a read of AR24, short enough for a person without JavaScript. */
const SOON_MS = 2_400;

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
  const from = mailAgainFrom(view);
  if (from !== null && isTooEarly(from, now)) return 'too-early';
  if (from === null && view.waitingFor.includes('email')) return 'no-route';
  const mailKey = await onboardings.mails.keyOf(reference);
  const cause = `message/${reference}/${randomUUID()}`;
  const mail = mailKey === undefined ? undefined : await budget.take(mailKey, cause);
  if (mailKey !== undefined && mail === undefined) return 'enough-mails';
  try {
    await onboardings.remind(reference, { mail: 'counted' });
    const [kind, ...more] = againKinds(view);
    return kind === undefined || more.length > 0 ? 'mailed-several' : `mailed-${kind}`;
  } catch (error) {
    if (!(error instanceof UpdateRefusedError)) throw error;
    await mail?.giveBack();
    return 'not-now';
  }
}

/** Reports that the holder refuses, has AR24 read, and waits a moment for the outcome. */
export async function refuse(
  { onboardings }: Pick<SenderPageOptions, 'onboardings'>,
  { reference, view }: PageSender,
): Promise<ActionResult> {
  if (!mayRefuse(view)) return 'not-wanted';
  try {
    await onboardings.refuse(reference, { by: 'page' });
  } catch (error) {
    // The onboarding has ended meanwhile, and the page shows the outcome.
    if (error instanceof UpdateRefusedError) return 'not-wanted';
    throw error;
  }
  const now = await soon(onboardings, reference, ({ status }) => status !== view.status);
  // AR24 shows access as granted, which counts.
  return now === undefined || now.status === 'refused' ? 'refused' : 'checked';
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
