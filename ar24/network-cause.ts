/** Finds out from the codes in Node's errors why an exchange failed, and whether the request can have arrived. */

/** No connection was made, so that no byte of the request can have arrived. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  // TLS: the handshake failed, before the request.
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  // One alert under two names: OpenSSL renamed it.
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
]);

/** Time limits of Node's fetch itself: 300 s for the headers, 300 s between two chunks of the body. */
const TOO_SLOW = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

type NetworkCause =
  | { readonly kind: 'timeout' }
  | { readonly kind: 'broken'; readonly delivered: 'no' | 'unknown'; readonly code?: string };

/** @param error anything; only codes are read from it, never a text */
export function causeOf(error: unknown): NetworkCause {
  const roots = rootsOf(error);
  const code = roots.map(codeOf).find((found) => found !== undefined);
  if (code !== undefined && TOO_SLOW.has(code)) return { kind: 'timeout' };
  // A name may resolve to several hosts, which Node tries in turn. `no` holds only if all failed so.
  const delivered = roots.length > 0 && roots.every(isNotSent) ? 'no' : 'unknown';
  return { kind: 'broken', delivered, ...(code !== undefined && { code }) };
}

/**
 * The innermost errors: fetch wraps the system's error, and several of them in one AggregateError. `instanceof` is
 * not used, since fetch's errors may belong to another realm.
 */
function rootsOf(error: unknown): readonly object[] {
  if (typeof error !== 'object' || error === null) return [];
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.flatMap(rootsOf);
  return 'cause' in error && error.cause !== undefined ? rootsOf(error.cause) : [error];
}

function codeOf(error: object): string | undefined {
  return 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_/]{1,64}$/.test(error.code)
    ? error.code
    : undefined;
}

function isNotSent(error: object): boolean {
  if ('syscall' in error && error.syscall === 'connect') return true;
  return NOT_SENT.has(codeOf(error) ?? '');
}
