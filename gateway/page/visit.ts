/** Opens a link, and reads its onboarding. */
import {
  InvalidRequestError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  type SenderView,
  type ViewOptions,
  type WholeView,
} from '../../client/index.ts';
import { ERASED } from '../../workflows/contract/erasure.ts';
import type { LinkClaims } from '../links/links.ts';
import type { SenderPageOptions } from './options.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

export type Visit =
  | {
      readonly kind: 'open';
      readonly reference: Reference;
      readonly view: WholeView;
      readonly link: LinkClaims;
    }
  /** The link is authentic, but expired or revoked, or its onboarding is erased or deleted. */
  | { readonly kind: 'gone'; readonly refreshUrl: string | undefined }
  | { readonly kind: 'unknown' }
  /** Temporal or the workers are unavailable. The cause is for the log. */
  | { readonly kind: 'away'; readonly because?: TemporalUnavailableError }
  /** The run in Temporal failed. Nothing else is known of it, as no worker can answer. */
  | { readonly kind: 'failed' };

type Options = Pick<SenderPageOptions, 'onboardings' | 'calls' | 'links' | 'verifiedAddress'>;

export async function visit(
  options: Options,
  token: string,
  { queries }: ViewOptions = {},
): Promise<Visit> {
  const { onboardings, calls, links } = options;
  const claims = await links.open(token);
  if (claims === 'invalid') return { kind: 'unknown' };
  const { refreshUrl } = claims;
  const gone = { kind: 'gone', refreshUrl } as const;
  if ('expired' in claims) return gone;
  const { reference, startedAt, issuedAt } = claims;
  try {
    const view = await calls.withDeadline(() => onboardings.view(reference, { queries }));
    if (view.partial && view.outcome?.kind === 'failed') {
      // Revocations are lost with the run, but a later run than the link's is recognised by its start.
      return issuedAt < view.startedAt ? gone : { kind: 'failed' };
    }
    if (isErased(view)) return gone;
    if (view.partial) return { kind: 'away' };
    // Equality with the revocation before the link avoids a comparison of two clocks.
    const isRevoked = view.linksValidFrom !== claims.linksValidFrom;
    if (view.startedAt !== startedAt || isRevoked) return gone;
    return { kind: 'open', reference, view: onPage(view, options), link: claims };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return gone;
    if (error instanceof TemporalUnavailableError) return { kind: 'away', because: error };
    if (error instanceof InvalidRequestError) return { kind: 'unknown' };
    throw error;
  }
}

/** The page needs `emailVerified` only to know whether the partner alone corrects the address. */
function onPage(view: WholeView, { verifiedAddress }: Options): WholeView {
  return verifiedAddress === 'fixed' ? view : { ...view, emailVerified: false };
}

/** The run that keeps the place of an erased onboarding has nothing to show. */
function isErased({ partial, outcome }: SenderView): boolean {
  return partial && outcome?.kind === 'cancelled' && outcome.reason === ERASED;
}
