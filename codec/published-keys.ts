/** The keys that an identity provider publishes (JWKS), which verify its tokens. */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';

/** Never `none`, and never an HMAC, whose secret would be a key that everybody can read. */
export const PUBLIC_KEY_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const TIMEOUT_MS = 5_000;
/** About a hundred times the size of usual key sets. */
const MOST_BYTES = 512 * 1024;

/** The answer is read no further than the limit: a larger one would fill the memory of the process. */
const boundedFetch: FetchImplementation = async (url, options) => {
  const { body, status } = await fetch(url, options);
  let bytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) throw new Error(`the published keys exceed ${MOST_BYTES} bytes`);
      controller.enqueue(chunk);
    },
  });
  return new Response(body?.pipeThrough(counter), { status });
};

/**
 * The keys are fetched when they are needed, without following redirects, and kept for ten minutes. A token whose
 * key is not among them fails with jose's own error.
 *
 * @param unreadable makes the error that is thrown if the keys cannot be fetched
 */
export function publishedKeys(url: string, unreadable: (cause: unknown) => Error): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: boundedFetch,
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
      const ofTheToken = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported];
      if (ofTheToken.some((kind) => error instanceof kind)) throw error;
      throw unreadable(error);
    }
  };
}
