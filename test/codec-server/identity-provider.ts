/**
 * An identity provider that has only tokens: its keys over HTTP, and any token that a test needs.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export const ISSUER = 'https://login.example.org';
export const AUDIENCE = 'temporal';

export interface Claims {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now; null: it never expires. */
  readonly expiresIn?: number | null;
  readonly more?: JWTPayload;
}

export interface IdentityProvider {
  readonly jwksUrl: string;
  /** How often its keys were requested. */
  readonly keyRequests: () => number;
  token(claims?: Claims): Promise<string>;
  /** Signed by a key that it does not publish. */
  forged(claims?: Claims): Promise<string>;
  /** Its public key. */
  readonly publicKey: string;
  /** What it answers instead of its keys. */
  answerWith(answer: 'keys' | 'failure' | 'nonsense' | 'too much'): void;
  stop(): Promise<void>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const published = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(published.publicKey)), kid: 'one', use: 'sig' };
  const keys = JSON.stringify({ keys: [jwk] });
  let answer = 'keys';
  let keyRequests = 0;
  const server = createServer((_request, response) => {
    keyRequests += 1;
    if (answer === 'failure') response.writeHead(500).end();
    else if (answer === 'nonsense') response.end('nonsense');
    // Valid JSON all the same, so that only the size is wrong.
    else response.end(keys.padEnd(answer === 'too much' ? 1024 * 1024 : 0));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  function sign(key: typeof published.privateKey, claims: Claims): Promise<string> {
    const { issuer = ISSUER, audience = AUDIENCE, expiresIn = 300, more = {} } = claims;
    const token = new SignJWT({ sub: 'operator-7', ...more })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience(audience);
    if (expiresIn !== null) token.setExpirationTime(new Date(Date.now() + expiresIn * 1_000));
    return token.sign(key);
  }

  return {
    jwksUrl: `http://127.0.0.1:${port}/keys`,
    keyRequests: () => keyRequests,
    token: (claims = {}) => sign(published.privateKey, claims),
    forged: (claims = {}) => sign(other.privateKey, claims),
    publicKey: JSON.stringify(jwk),
    answerWith(wanted) {
      answer = wanted;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
