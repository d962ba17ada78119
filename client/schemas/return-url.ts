import { z } from 'zod';

const LONGEST = 500;
/** Of a URI (RFC 3986). Others would take several bytes each, and links would become too long. */
const URI_CHARACTERS = /^[\w.~:/?#[\]@!$&'()*+,;=%-]*$/;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * An address of the partner, to which the sender's page leads. Browsers reach it by https, or on this machine by http.
 * It must not contain personal data, as it is a part of links.
 */
export const returnUrl = z
  .string('an address is expected')
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .regex(URI_CHARACTERS, 'has a character that must be percent-encoded, such as %C3%A9 for é')
  .refine(isReachable, 'an https address without a user name is expected')
  .meta({ format: 'uri', maxLength: LONGEST, example: 'https://app.example.org/registered-mail' });

function isReachable(written: string): boolean {
  const url = URL.parse(written);
  return url !== null && url.username === '' && url.password === '' && isSafeForBrowsers(url);
}

/** Whether a page may lead a browser there: by https, or by http to this machine. */
export function isSafeForBrowsers({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}
