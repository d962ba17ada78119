/** Keys of this project's own, as they are written (docs/security.md). */
interface OwnKey {
  readonly what: string;
  readonly written: RegExp;
}

export const OWN_KEYS: readonly OwnKey[] = [
  // ONBOARDING_NOTIFY_SECRETS and secrets of sign-up events: 24 bytes or more.
  { what: 'a secret that signs', written: /whsec_[A-Za-z0-9+/]{32,}={0,2}/g },
  // As `onboard key create` prints it; what is configured is its hash.
  { what: 'an API key', written: /onb_[A-Za-z0-9_-]{43}/g },
  // Of encryption, of hashes, of links: all are written alike.
  { what: 'a key of 32 bytes', written: /[A-Za-z0-9_.-]{1,32}:[A-Za-z0-9+/]{43}=/g },
  // Its second part is empty, as no key is wrapped in it.
  {
    what: "a link to a sender's page",
    written: /eyJ[\w-]{20,}\.\.[\w-]{16}\.[\w-]{20,}\.[\w-]{22}/g,
  },
];
