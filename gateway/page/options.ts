import type { OnboardingClient } from '../../client/index.ts';
import type { Links } from '../links/links.ts';
import type { MailBudget } from '../mail-budget.ts';
import type { Metrics } from '../metrics.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import type { CompanyLookUp } from './company/look-up.ts';
import type { KeptForms } from './form/kept-form.ts';

/** Whether the person may correct an address that the partner vouched for, or the partner alone. */
export const VERIFIED_ADDRESS = ['correctable', 'fixed'] as const;
export type VerifiedAddress = (typeof VERIFIED_ADDRESS)[number];

/** How senders see the partner. */
export interface PartnerLook {
  readonly name: string;
  readonly logoUrl?: string | undefined;
  /** `#rrggbb` */
  readonly colour?: string | undefined;
  /** An e-mail address, or an https address. */
  readonly support?: string | undefined;
  /** What the partner does with personal data, https. */
  readonly privacyUrl?: string | undefined;
  /** Who the partner is, https. */
  readonly legalUrl?: string | undefined;
}

export interface SenderPageOptions {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly links: Links;
  readonly keptForms: KeptForms;
  /** Without it, the page does not offer to look up companies. */
  readonly lookUp?: CompanyLookUp | undefined;
  readonly partner: PartnerLook;
  readonly verifiedAddress: VerifiedAddress;
  readonly budget: MailBudget;
  readonly record: Metrics['record'];
  /** The address that callers use. */
  readonly publicUrl: string;
}
