/** Who comes with a link, and what there is to see. */
import {
  InvalidRequestError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  type SenderView,
  type WholeView,
} from '../../client/index.ts';
import { ERASED } from '../../workflows/contract/erasure.ts';
import { inTime } from '../in-time.ts';
import type { SenderPageOptions } from './options.ts';

export type Visit =
  | { readonly kind: 'open'; readonly reference: string; readonly view: WholeView }
  /** An authentic link to what is not there any more, or is not to be seen with it any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' }
  /** Temporal or the workers are away: which of them, is for the log. */
  | { readonly kind: 'away'; readonly because?: TemporalUnavailableError }
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
    if (view.partial && view.outcome?.kind === 'failed') {
      // Whether links were revoked died with the run; that it is not the one of the link is known.
      return { kind: issuedAt < view.startedAt ? 'gone' : 'failed' };
    }
    if (isErased(view)) return { kind: 'gone' };
    if (view.partial) return { kind: 'away' };
    const isRevoked = view.linksValidFrom !== null && issuedAt < view.linksValidFrom;
    if (view.startedAt !== startedAt || isRevoked) return { kind: 'gone' };
    return { kind: 'open', reference, view };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return { kind: 'gone' };
    if (error instanceof TemporalUnavailableError) return { kind: 'away', because: error };
    if (error instanceof InvalidRequestError) return { kind: 'unknown' };
    throw error;
  }
}

/** What keeps its place holds nothing to show. */
function isErased({ partial, outcome }: SenderView): boolean {
  return partial && outcome?.kind === 'cancelled' && outcome.reason === ERASED;
}
