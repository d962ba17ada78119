/** The entries with which the form is shown on a visit. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WholeView } from '../../../client/index.ts';
import type { Reference } from '../../../workflows/contract/ids.ts';
import { isAway, type PageSender } from '../actions.ts';
import type { SenderPageOptions } from '../options.ts';
import type { TypedValues } from './fields.ts';
import { typedIn } from './read-form.ts';

export interface Entries {
  /** Empty if the browser has kept none. */
  readonly typed: TypedValues;
  /** What the partner knows of the person: the form begins with it if nothing is typed yet. */
  readonly prefill?: TypedValues | undefined;
}

/** AR24 has not created an account from the form yet. */
const MAY_STILL_BE_REFUSED: readonly WholeView['status'][] = [
  'requesting-access',
  'awaiting-registration',
  'creating-account',
  'awaiting-operator',
];

/**
 * The browser deletes the entries that it has kept once they have no more use.
 *
 * @param form `shown`: the browser shows the form already, and needs no entries
 */
export async function entriesOf(
  options: SenderPageOptions,
  { reference, view }: PageSender,
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
  form: 'shown' | 'needed' = 'needed',
): Promise<Entries> {
  const { keptForms } = options;
  const { token } = request.params;
  const { cookie } = request.headers;
  if (!MAY_STILL_BE_REFUSED.includes(view.status)) {
    const forget = keptForms.forget(token, cookie);
    if (forget !== undefined) reply.header('set-cookie', forget);
    return { typed: {} };
  }
  if (form === 'shown') return { typed: {} };
  const typed = await keptForms.read(token, cookie);
  const isBegun = Object.keys(typed).length > 0;
  if (isBegun || view.status !== 'awaiting-registration') return { typed };
  return { typed, prefill: await prefillOf(options, reference) };
}

/** Undefined also without an answer: the form then begins empty. */
async function prefillOf(
  { calls, onboardings }: SenderPageOptions,
  reference: Reference,
): Promise<TypedValues | undefined> {
  try {
    const prefill = await calls.withDeadline(() => onboardings.prefill(reference));
    return prefill && typedIn(new Map(Object.entries(prefill)));
  } catch (error) {
    if (isAway(error)) return undefined;
    throw error;
  }
}
