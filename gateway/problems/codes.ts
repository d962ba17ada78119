/** Every problem of the gateway, by its code. Partners' programs depend on the codes and statuses. */
export const PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: 'The request is invalid',
    help: 'Nothing was done. `errors` names each invalid field, by a JSON pointer if it is in the body.',
  },
  'impossible-value': {
    status: 422,
    title: 'A value is not accepted',
    help: 'Nothing was done. `errors` names each such value, by a JSON pointer if it is in the body.',
  },
  'malformed-body': {
    status: 400,
    title: 'The body cannot be read',
    help: 'Send one JSON value in UTF-8, with `Content-Type: application/json`.',
  },
  unauthorised: {
    status: 401,
    title: 'The request has no valid API key',
    help: 'Send `Authorization: Bearer onb_…` with a key whose hash is in ONBOARDING_API_KEYS.',
  },
  'not-authentic': {
    status: 401,
    title: 'The event is not authentic',
    help: 'Sign it by the scheme of this source, with one of its secrets and the current time. The log has the reason.',
  },
  'address-refused': {
    status: 403,
    title: 'This address may not call',
    help: 'See ONBOARDING_AR24_WEBHOOK_ADDRESSES and ONBOARDING_TRUSTED_PROXIES.',
  },
  forbidden: {
    status: 403,
    title: 'The key lacks the scope for this',
    help: 'Use a key with the named scope, or create one with `onboard key create`.',
  },
  'no-such-route': {
    status: 404,
    title: 'This route does not exist',
    help: 'See /openapi.json for the routes.',
  },
  'onboarding-not-found': {
    status: 404,
    title: 'No onboarding with this reference',
    help:
      'None was ever started, or it ended so long ago that Temporal has deleted it (the retention of ' +
      'its namespace). Store outcomes on your side.',
  },
  'erasure-not-found': {
    status: 404,
    title: 'No erasure of this reference',
    help: 'None was requested, or it ended so long ago that Temporal has deleted it.',
  },
  'notification-not-found': {
    status: 404,
    title: 'The log has no such notification',
    help: 'None was sent, or it is not among the last 50 of this reference, or Temporal has deleted it.',
  },
  'no-such-method': {
    status: 405,
    title: 'This route does not support this method',
    help: 'The header `Allow` names the supported methods.',
  },
  'not-acceptable': {
    status: 406,
    title: 'This route answers with server-sent events only',
    help: 'Send `Accept: text/event-stream`, or no `Accept` header.',
  },
  'open-differs': {
    status: 409,
    title: 'An open onboarding of this reference has another request',
    help:
      'It was not changed. `differs` names the fields, if the key may read. Correct the address or submit the form by ' +
      'their own routes, or cancel the onboarding and start again with `?restart=true`.',
  },
  ended: {
    status: 409,
    title: 'The onboarding of this reference has ended',
    help: 'Read it to see its outcome. `?restart=true` starts another, which continues with what AR24 already has.',
  },
  'not-now': {
    status: 409,
    title: 'This is not possible now',
    help: 'The detail has the reason, and what to do instead.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    help: 'No request needs more than 64 kB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This content type is not supported',
    help: 'Send `Content-Type: application/json`.',
  },
  'unusable-event': {
    status: 422,
    title: 'The event lacks a field that its source is configured to have',
    help: '`errors` names the field. Correct the configuration of the source, and resend the event.',
  },
  'mail-budget-exhausted': {
    status: 429,
    title: 'This address may get no more mails today',
    help: 'Try again after the time in Retry-After. The limit does not depend on whether an account exists.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    help: 'Try again after the time in Retry-After.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many streams are open, for this key, this onboarding or in this gateway',
    help: 'Close some streams of events, or use notifications (ONBOARDING_NOTIFY_URL).',
  },
  unexpected: {
    status: 500,
    title: 'An unexpected error occurred',
    help: 'It was logged with the id in `instance`. The request may be repeated.',
  },
  'no-worker': {
    status: 503,
    title: 'No worker answers',
    help:
      'The message may still be delivered once a worker starts. Repeat it after the time in Retry-After. If the ' +
      'answer has an `updateId`, send it as the header `Idempotency-Key`, so that the message is processed only once.',
  },
  'no-verification-keys': {
    status: 503,
    title: 'The keys that verify this event cannot be fetched',
    help: 'Nothing was done. The log has the reason. Send the event again after the time in Retry-After.',
  },
  'temporal-unavailable': {
    status: 503,
    title: 'Temporal is unavailable',
    help: 'The request may or may not have been processed. Try again after the time in Retry-After.',
  },
} as const satisfies Readonly<
  Record<string, { readonly status: number; readonly title: string; readonly help: string }>
>;

export type ProblemCode = keyof typeof PROBLEMS;
