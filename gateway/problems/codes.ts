/** Every problem the gateway tells, by its code: promises, as partners script against them. */
export const PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: 'The request cannot be meant like this',
    help: 'Nothing was done. `errors` names each wrong field, by a JSON pointer where it is in the body.',
  },
  'impossible-value': {
    status: 422,
    title: 'A value cannot be taken',
    help: 'Nothing was done. `errors` names each, by a JSON pointer where it is in the body.',
  },
  'malformed-body': {
    status: 400,
    title: 'The body cannot be read',
    help: 'Send one JSON value in UTF-8, with `Content-Type: application/json`.',
  },
  unauthorised: {
    status: 401,
    title: 'No valid key',
    help: 'Send `Authorization: Bearer onb_…`, with a key whose hash is in ONBOARDING_API_KEYS.',
  },
  'not-authentic': {
    status: 401,
    title: 'Not accepted',
    help: 'Sign it by Standard Webhooks, with a secret of this source and the present time.',
  },
  'address-refused': {
    status: 403,
    title: 'Nobody is let in from this address',
    help: 'See ONBOARDING_AR24_WEBHOOK_ADDRESSES and ONBOARDING_TRUSTED_PROXIES.',
  },
  forbidden: {
    status: 403,
    title: 'This key may not do this',
    help: 'Use a key with the scope that is named, or make one with `onboard key create`.',
  },
  'no-such-route': {
    status: 404,
    title: 'There is nothing here',
    help: 'See /openapi.json for the routes.',
  },
  'onboarding-not-found': {
    status: 404,
    title: 'No onboarding with this reference',
    help:
      'None was ever started, or it ended so long ago that Temporal has forgotten it (the retention of ' +
      'its namespace). Keep outcomes on your side.',
  },
  'erasure-not-found': {
    status: 404,
    title: 'No erasure of this reference is known',
    help: 'None was asked for, or it was so long ago that Temporal has forgotten it.',
  },
  'no-such-method': {
    status: 405,
    title: 'This route does not take this method',
    help: 'The header `Allow` names those that it takes.',
  },
  'not-acceptable': {
    status: 406,
    title: 'This route answers with events alone',
    help: 'Send `Accept: text/event-stream`, or none.',
  },
  'open-differs': {
    status: 409,
    title: 'An onboarding is open that asked for something else',
    help:
      'It was left as it is. `differs` names the fields. Correct the address or hand in the form by ' +
      'their own routes, or cancel it and start again with `?restart=true`.',
  },
  ended: {
    status: 409,
    title: 'The onboarding of this reference has ended',
    help: 'Read it to see how. `?restart=true` starts another, which picks up where AR24 stands.',
  },
  'not-now': {
    status: 409,
    title: 'The onboarding cannot take this now',
    help: 'The detail says why, and what to do instead.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    help: 'No request needs more than 64 kB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This kind of body is not taken',
    help: 'Send `Content-Type: application/json`.',
  },
  'unusable-event': {
    status: 422,
    title: 'The event lacks what its source is configured to hold',
    help: 'The detail names the field. Mend the configuration of the source, and have it sent again.',
  },
  'mail-budget-exhausted': {
    status: 429,
    title: 'This address has caused enough mails for today',
    help: 'Try again after the time in Retry-After. It says nothing on whether there is an account.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    help: 'Try again after the time in Retry-After.',
  },
  'too-many-streams': {
    status: 429,
    title: 'This key follows as many onboardings as it may',
    help: 'Close streams of events, or have notifications sent (ONBOARDING_NOTIFY_URL).',
  },
  unexpected: {
    status: 500,
    title: 'Something unexpected happened',
    help: 'It was logged under the id in `instance`; the request may be repeated.',
  },
  'no-worker': {
    status: 503,
    title: 'No worker answers',
    help:
      'The message may still be delivered when one starts: repeat it with the header ' +
      '`Idempotency-Key` set to `updateId`, and it is taken once only.',
  },
  'temporal-unavailable': {
    status: 503,
    title: 'Temporal cannot be used right now',
    help: 'Nothing is known to have been done. Try again after the time in Retry-After.',
  },
} as const satisfies Readonly<
  Record<string, { readonly status: number; readonly title: string; readonly help: string }>
>;

export type ProblemCode = keyof typeof PROBLEMS;
