/** The partner's server that receives notifications: its address, the signatures, and the allowed addresses. */
import type { Agent } from 'node:http';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';

/** A receiver that needs longer should answer first and work afterwards, as usual for webhooks. */
const TIMEOUT_MS = 15_000;

export interface ReceiverSettings {
  /** May hold credentials and a query, which are secret: only its host is printed. */
  readonly url: string;
  /** As in Standard Webhooks: `whsec_` and base64. Each of them signs, so that they can be replaced one by one. */
  readonly secrets: readonly string[];
  /** `allowed`: this machine, private networks and http are allowed too. */
  readonly privateTargets: 'refused' | 'allowed';
  /** Milliseconds within which the receiver has to answer. Default: 15 s. */
  readonly timeoutMs?: number | undefined;
}

export interface Receiver {
  readonly timeoutMs: number;
  readonly url: URL;
  readonly agent: Agent;
  readonly signers: readonly Webhook[];
}

/** @throws TypeError on invalid settings; its message holds no value */
export function createReceiver(settings: ReceiverSettings): Receiver {
  const { url, secrets, privateTargets, timeoutMs = TIMEOUT_MS } = settings;
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const isPrivateAllowed = privateTargets === 'allowed';
  const isPlain = target?.protocol === 'http:';
  if (!target || (target.protocol !== 'https:' && !(isPlain && isPrivateAllowed))) {
    throw new TypeError(
      'the address for notifications must be https, or http if private addresses are allowed',
    );
  }
  if (secrets.length === 0)
    throw new TypeError('notifications need a secret that signs them: give at least one');
  // Each request opens a new connection, so that the address is checked after each look-up.
  const filter = { allowPrivateIPAddress: isPrivateAllowed };
  const agent = isPlain
    ? new RequestFilteringHttpAgent(filter)
    : new RequestFilteringHttpsAgent(filter);
  return { url: target, agent, timeoutMs, signers: secrets.map(signerOf) };
}

function signerOf(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    throw new TypeError('a secret for notifications must be whsec_ followed by base64');
  }
}
