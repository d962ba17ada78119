/** Who is told: where, with which signatures, and what addresses he may have. */
import type { Agent } from 'node:http';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';

/** Who needs longer should answer first and work then, as all senders of webhooks ask. */
const TIMEOUT_MS = 15_000;

export interface ReceiverSettings {
  /** May hold credentials and a query, which are secrets: only its host is ever told. */
  readonly url: string;
  /** As in Standard Webhooks, `whsec_` and base64. Each signs, so that they can be changed one by one. */
  readonly secrets: readonly string[];
  /** `allowed`: also this machine and private networks, and without TLS. */
  readonly privateTargets: 'refused' | 'allowed';
  /** Milliseconds within which it has to answer; 15 s where absent. */
  readonly timeoutMs?: number | undefined;
}

export interface Receiver {
  readonly timeoutMs: number;
  readonly url: URL;
  readonly agent: Agent;
  readonly signers: readonly Webhook[];
}

/** @throws TypeError on settings that make no sense; it holds no value */
export function createReceiver(settings: ReceiverSettings): Receiver {
  const { url, secrets, privateTargets, timeoutMs = TIMEOUT_MS } = settings;
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const isPrivateAllowed = privateTargets === 'allowed';
  const isPlain = target?.protocol === 'http:';
  if (!target || (target.protocol !== 'https:' && !(isPlain && isPrivateAllowed))) {
    throw new TypeError(
      'the address for notifications has to be https, or http where private ones are allowed',
    );
  }
  if (secrets.length === 0) throw new TypeError('notifications need a secret that signs them');
  // Each connection is a new one, so that the address is judged each time that it is looked up.
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
    throw new TypeError('a secret for notifications is not whsec_ and base64');
  }
}
