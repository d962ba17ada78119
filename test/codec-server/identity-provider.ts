/** An identity provider as far as tokens go: its keys over HTTP, and whatever tokens are asked of it. */
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
  /** How often it was asked for its keys. */
  readonly asked: () => number;
  token(claims?: Claims): Promise<string>;
  /** Signed by a key that it has not told. */
  forged(claims?: Claims): Promise<string>;
  /** Its key as everybody can read it. */
  readonly publicKey: string;
  /** What it answers instead of its keys. */
  answerWith(answer: 'keys' | 'failure' | 'nonsense'): void;
  stop(): Promise<void>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const told = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(told.publicKey)), kid: 'one', use: 'sig' };
  let answer = 'keys';
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (answer === 'failure') response.writeHead(500).end();
    else response.end(answer === 'keys' ? JSON.stringify({ keys: [jwk] }) : 'nonsense');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  function sign(key: typeof told.privateKey, claims: Claims): Promise<string> {
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
    asked: () => asked,
    token: (claims = {}) => sign(told.privateKey, claims),
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
