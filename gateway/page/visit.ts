/** Who comes with a link, and what there is to see. */
import {
  InvalidRequestError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  type WholeView,
} from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import type { SenderPageOptions } from './options.ts';

export type Visit =
  | { readonly kind: 'open'; readonly reference: string; readonly view: WholeView }
  /** An authentic link to what is not there any more, or is not to be seen with it any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' }
  /** Temporal or the workers are away. */
  | { readonly kind: 'away' }
  /** The run in Temporal failed: that much is known without a worker, and nothing else. */
  | { readonly kind: 'failed' };

export async function visit(
  { onboardings, links }: Pick<SenderPageOptions, 'onboardings' | 'links'>,
  token: string,
): Promise<Visit> {
  const claims = await links.open(token);
  if (claims === 'expired') return { kind: 'gone' };
  if (claims === 'invalid') return { kind: 'unknown' };
  const { reference, startedAt, issuedAt } = claims;
  try {
    const view = await inTime(() => onboardings.view(reference));
    if (view.partial) return { kind: view.outcome?.kind === 'failed' ? 'failed' : 'away' };
    const isRevoked = view.linksValidFrom !== null && issuedAt < view.linksValidFrom;
    if (view.startedAt !== startedAt || isRevoked) return { kind: 'gone' };
    return { kind: 'open', reference, view };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return { kind: 'gone' };
    if (error instanceof TemporalUnavailableError) return { kind: 'away' };
    if (error instanceof InvalidRequestError) return { kind: 'unknown' };
    throw error;
  }
}
