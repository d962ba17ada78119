import type { OnboardingClient } from '../../client/index.ts';
import type { MailBudget } from '../budget/mail-budget.ts';
import type { Links } from '../links/links.ts';

/** How the partner looks to his senders. */
export interface PartnerLook {
  readonly name: string;
  readonly logoUrl?: string | undefined;
  /** `#rrggbb` */
  readonly colour?: string | undefined;
  /** An e-mail address, or an https address. */
  readonly support?: string | undefined;
}

export interface SenderPageOptions {
  readonly onboardings: OnboardingClient;
  readonly links: Links;
  readonly partner: PartnerLook;
  readonly budget: MailBudget;
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
}
