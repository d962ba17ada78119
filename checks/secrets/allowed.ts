/** Texts in files that look like secrets but protect nothing. */
export interface Allowed {
  readonly path: string;
  /** A part of the line. */
  readonly text: string;
}

export const ALLOWED: readonly Allowed[] = [
  // For containers on one machine. The base64 text is `local-use-only-…`.
  { path: 'deploy/.env.example', text: '1:bG9jYWwtdXNlLW9ubHkt' },
  { path: 'deploy/.env.example', text: 'local:bG9jYWwtdXNlLW9ubHkt' },
  { path: 'deploy/.env.example', text: 'onb_local-use-only-' },
  // The test checks that an error does not contain a password.
  { path: 'test/notifications/environment.test.ts', text: 'https://user:hidden@' },
  // Sums of published modules.
  { path: 'test/gateway/clients/programs/go/go.sum', text: ' h1:' },
  { path: 'test/docs/examples/go/go.sum', text: 'v0.0.1' },
];
