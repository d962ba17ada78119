/** What an integrator reads first. */
export const DESCRIPTION = `
Brings your customers ("senders") to the point where they can send registered e-mail through AR24.

1. **Start** with \`PUT /onboardings/{reference}\`: the reference is your own, opaque, never an address.
   The same request may be repeated at any time.
2. **Give the person a link** to the sender's page, from \`POST /onboardings/{reference}/links\`: there he
   fills in the form, if one is needed, and sees what to do.
3. **Be told**: by notifications to your server (ONBOARDING_NOTIFY_URL), by
   \`GET /onboardings/{reference}/events\` (server-sent events), or by reading
   \`GET /onboardings/{reference}\` now and then. It ends as \`ready\`, \`refused\`, \`expired\` or
   \`cancelled\`. **Keep the outcome on your side**: Temporal forgets what ended, after its retention.

Send \`Authorization: Bearer onb_…\`. Every failure is a problem (RFC 9457) with a stable \`code\`. A 503 may
be repeated after \`Retry-After\`; give writes an \`Idempotency-Key\`, and they count once.
`.trim();
