/** What looks like a secret and stands in a file on purpose: seen by everybody, good for nothing. */
export interface Allowed {
  readonly path: string;
  /** What the line holds. */
  readonly text: string;
}

export const ALLOWED: readonly Allowed[] = [
  // Containers on one machine. In base64 it says `local-use-only-…`.
  { path: 'deploy/.env.example', text: '1:bG9jYWwtdXNlLW9ubHkt' },
  { path: 'deploy/.env.example', text: 'local:bG9jYWwtdXNlLW9ubHkt' },
  { path: 'deploy/.env.example', text: 'onb_local-use-only-' },
  // That a password in an address is not told, is what is tested there.
  { path: 'test/notifications/environment.test.ts', text: 'https://user:hidden@' },
];
