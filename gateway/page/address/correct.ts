/** The person corrects their address, as long as there is no account for it and nobody vouched for it. */
import { randomUUID } from 'node:crypto';
import { InvalidRequestError, parseRequest, UpdateRefusedError } from '../../../client/index.ts';
import { email as emailSchema } from '../../../client/schemas/email.ts';
import type { LinkClaims } from '../../links/links.ts';
import type { PageSender } from '../actions.ts';
import { isAddressSettled } from '../journey/journey.ts';
import type { SenderPageOptions } from '../options.ts';
import type { ActionResult } from '../paths.ts';

/** Of one sender in 24 hours. */
const MOST_CORRECTIONS = 3;
/** The author, as the view and the partner's notification name it. */
const SENDER = 'sender';

export interface Correcting extends PageSender {
  readonly link: LinkClaims;
}

/** A link made before the correction is void, so the person gets another, valid for as long. */
export interface Corrected {
  readonly newLink: string;
}

/** @returns `invalid` if it is no e-mail address */
export async function correctAddress(
  { onboardings, budget, links }: Pick<SenderPageOptions, 'onboardings' | 'budget' | 'links'>,
  { reference, view, link }: Correcting,
  written: string,
): Promise<Corrected | ActionResult | 'invalid'> {
  if (isAddressSettled(view)) return 'address-settled';
  if (view.emailVerified) return 'address-verified';
  const email = emailIn(written);
  if (email === undefined) return 'invalid';
  const { mails } = onboardings;
  if (!(await mails.mayMailIfCorrected(reference, email))) return 'address-same';
  const cause = `page/${reference}/${randomUUID()}`;
  const correction = await mails.takeCorrection(reference, { cause, most: MOST_CORRECTIONS });
  if (correction === undefined) return 'enough-corrections';
  const mail = await budget.take(mails.keyOfAddress(email), cause);
  if (mail === undefined) {
    await correction.giveBack();
    return 'enough-mails';
  }
  try {
    const corrected = await onboardings.correctAddress(
      reference,
      { email, by: SENDER },
      { mail: 'counted' },
    );
    const { returnUrl, refreshUrl, expiresAt } = link;
    const options = { returnUrl, refreshUrl, expiresAt: new Date(expiresAt) };
    const { url } = await links.make(corrected, options);
    return { newLink: url };
  } catch (error) {
    if (!(error instanceof UpdateRefusedError)) throw error;
    await Promise.all([mail.giveBack(), correction.giveBack()]);
    return 'address-settled';
  }
}

function emailIn(written: string): string | undefined {
  try {
    return parseRequest(emailSchema, written);
  } catch (error) {
    if (error instanceof InvalidRequestError) return undefined;
    throw error;
  }
}
