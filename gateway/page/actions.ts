/** What the buttons do. Each answers what to tell, once the page is shown again. */
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
import type { Told } from './told.ts';

export interface Sender {
  readonly reference: string;
  readonly view: WholeView;
}

/** Long enough for AR24 to be read; not so long that somebody without JavaScript wonders. */
const SOON_MS = 2_400;
/** As the workflow has it: no second mail before. */
const MAIL_AGAIN_MS = 10 * 60_000;

/** Has AR24 looked at, and waits a moment for what comes of it. */
export async function done(
  { onboardings }: Pick<SenderPageOptions, 'onboardings'>,
  { reference, view }: Sender,
): Promise<Told> {
  try {
    await onboardings.check(reference);
  } catch (error) {
    // It has ended meanwhile: the page shows how.
    if (error instanceof UpdateRefusedError) return 'checked';
    throw error;
  }
  const isNew = (now: SenderView) => now.status !== view.status;
  return (await soon(onboardings, reference, isNew)) === undefined ? 'not-yet' : 'checked';
}

/**
 * Has AR24 mail once more, within what an address may be mailed in a day.
 *
 * @param now ms since the epoch
 */
export async function again(
  { onboardings, budget }: Pick<SenderPageOptions, 'onboardings' | 'budget'>,
  { reference, view }: Sender,
  now: number = Date.now(),
): Promise<Told> {
  // Known beforehand, so that it costs nothing of the day's mails.
  if (isFresh(view, now)) return 'too-early';
  const emailHash = await onboardings.mailKeyOf(reference);
  const cause = { by: 'message', id: randomUUID() } as const;
  const mail = emailHash === undefined ? undefined : await budget.take(emailHash, cause);
  if (emailHash !== undefined && mail === undefined) return 'enough-mails';
  try {
    await onboardings.remind(reference);
    return 'mailed';
  } catch (error) {
    if (!(error instanceof UpdateRefusedError)) throw error;
    mail?.giveBack();
    return 'not-now';
  }
}

function isFresh({ asked, waitingFor: [first] }: WholeView, now: number): boolean {
  const what = first === 'attachment' ? 'access' : first;
  const last = asked.find((one) => one.what === what)?.at;
  return last !== undefined && now - Date.parse(last) < MAIL_AGAIN_MS;
}

/**
 * Hands in the form, and waits a moment for AR24's word.
 *
 * @returns `undelivered`: nobody took it, for now; the view where AR24 has refused fields of it at once
 */
export async function register(
  { onboardings }: Pick<SenderPageOptions, 'onboardings'>,
  { reference }: Sender,
  form: RegistrationForm,
): Promise<Told | 'undelivered' | WholeView> {
  try {
    await onboardings.register(reference, form);
  } catch (error) {
    if (error instanceof UpdateRefusedError) return 'not-wanted';
    if (isAway(error)) return 'undelivered';
    throw error;
  }
  const isKnown = ({ status }: SenderView) => status !== 'creating-account';
  const view = await soon(onboardings, reference, isKnown);
  return view?.partial === false && view.fieldErrors.length > 0 ? view : 'registered';
}

/** Whether Temporal or its workers are what is missing: it will be taken another time. */
export function isAway(error: unknown): boolean {
  return error instanceof TemporalUnavailableError || error instanceof NoWorkerError;
}

/** The view, if it comes to that within a moment. What was done is done, even where nobody can tell. */
async function soon(
  onboardings: SenderPageOptions['onboardings'],
  reference: string,
  holds: (view: SenderView) => boolean,
): Promise<SenderView | undefined> {
  const signal = AbortSignal.timeout(SOON_MS);
  try {
    for await (const view of onboardings.follow(reference, { signal })) {
      if (holds(view)) return view;
    }
  } catch (error) {
    if (!isAway(error)) throw error;
  }
  return undefined;
}
