/**
 * A correct sign-up system: it repeats each start until the gateway answers 2xx.
 */
import { registrationForm } from '../../test/support/people.ts';
import { pause } from '../pause.ts';
import { API_KEY } from '../stage/keys.ts';
import type { Customer } from './customers.ts';

/** Doubled after each attempt: a thousand repeated starts must not overload a restarting gateway. */
const REPEAT_AFTER_MS = { least: 500, most: 8_000 };
const ANSWER_WITHIN_MS = 10_000;

export interface SigningUp {
  /** References of starts that were answered 2xx. */
  readonly accepted: ReadonlySet<string>;
  /** The number of repeated attempts. */
  repeats(): number;
  /** Resolves when all starts are accepted, or after `stop`. */
  readonly done: Promise<void>;
  stop(): void;
}

/** @param overMs the starts are spread evenly over this time (ms) */
export function signUp(
  gatewayUrl: string,
  customers: readonly Customer[],
  overMs: number,
): SigningUp {
  const accepted = new Set<string>();
  let repeats = 0;
  let isStopped = false;
  const one = async (customer: Customer, n: number): Promise<void> => {
    await pause((n * overMs) / customers.length);
    for (let tries = 0; !isStopped; tries++) {
      if (await isAccepted(gatewayUrl, customer)) {
        accepted.add(customer.reference);
        return;
      }
      repeats++;
      await pause(Math.min(REPEAT_AFTER_MS.least * 2 ** tries, REPEAT_AFTER_MS.most));
    }
  };
  const done = Promise.all(customers.map(one)).then(() => undefined);
  done.catch(() => undefined);
  return {
    accepted,
    repeats: () => repeats,
    done,
    stop: () => {
      isStopped = true;
    },
  };
}

/** @throws Error when the gateway refuses the start permanently */
async function isAccepted(
  gatewayUrl: string,
  { reference, email, path, identity }: Customer,
): Promise<boolean> {
  const body = {
    email,
    language: 'fr',
    ...(identity && { require: ['identity'] }),
    ...(path === 'created' && { registration: registrationForm() }),
  };
  let status: number;
  try {
    const answer = await fetch(`${gatewayUrl}/onboardings/${reference}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await answer.arrayBuffer();
    ({ status } = answer);
  } catch {
    return false;
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    throw new Error(`the gateway refuses to start ${reference}: HTTP ${status}`);
  }
  return status >= 200 && status < 300;
}
