/** What the partner sets about its AR24 token and its own practice. */
export interface ActivitySettings {
  /** `claim`: AR24's `cgu` field may never tell, so a claim proves the terms too. */
  readonly termsProof: 'field' | 'claim';
  /** `automatic`: AR24 mails its terms by itself when it creates an account. */
  readonly termsMail: 'request' | 'automatic';
  /** AR24 lets this token create accounts with the terms accepted (`cgu=1`), given evidence. */
  readonly preAcceptTerms: boolean;
  /** AR24 lets this token create accounts with the address confirmed, where the partner vouches. */
  readonly preConfirmEmail: boolean;
  /** `link`: AR24 gives us a payment link to show instead of mailing one. */
  readonly paymentRequest: 'mail' | 'link';
}
