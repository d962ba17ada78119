/** An operator by the runbook (docs/operating.md): has people reminded, and answers questions. */
import { z } from 'zod';
import { pause } from '../pause.ts';
import { API_KEY } from '../stage/keys.ts';
import type { Customer } from './customers.ts';

const LOOK_EVERY_MS = 10_000;
const STEP_MS = 500;
const REMIND_AFTER_MS = 10 * 60_000;
const page = z.object({ onboardings: z.array(z.object({ reference: z.string() })) });
const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };

/** What an operator does, where a drill needs one. */
export interface Duties {
  /**
   * Has those reminded who still wait for their person ten minutes later, when all who got a mail have acted:
   * AR24 answered twice that it failed.
   */
  readonly reminds: 'who-waits' | 'nobody';
  /**
   * Says that an account is its holder's. It is asked where a worker died between the asking and its mark:
   * the account is then found attached, and nothing proves by whom.
   */
  readonly answers: 'whose-account' | 'nothing';
}

export interface Operated {
  readonly reminded: ReadonlySet<string>;
  readonly answered: ReadonlySet<string>;
}

/** Works until it is over. */
export async function operate(
  gatewayUrl: string,
  customers: readonly Customer[],
  duties: Duties,
  isOver: () => boolean,
): Promise<Operated> {
  const begin = Date.now();
  const reminded = new Set<string>();
  const answered = new Set<string>();
  const holders = new Set(
    customers.filter(({ path }) => path === 'attached').map(({ reference }) => reference),
  );
  while (!isOver()) {
    if (duties.reminds === 'who-waits' && Date.now() > begin + REMIND_AFTER_MS) {
      for (const status of ['awaiting-attachment', 'awaiting-terms']) {
        for (const reference of await listed(gatewayUrl, `status=${status}`)) {
          // Refused while the last mail is less than ten minutes old.
          if (await send(gatewayUrl, reference, 'reminders')) reminded.add(reference);
        }
      }
    }
    if (duties.answers === 'whose-account') {
      for (const reference of await listed(gatewayUrl, 'status=awaiting-operator')) {
        // Any other question stays, and the drill fails.
        const body = { requirement: 'operator', reason: 'the holder said so' };
        if (holders.has(reference) && (await send(gatewayUrl, reference, 'overrides', body)))
          answered.add(reference);
      }
    }
    for (let waited = 0; waited < LOOK_EVERY_MS && !isOver(); waited += STEP_MS) {
      await pause(STEP_MS);
    }
  }
  return { reminded, answered };
}

/** None while the gateway is away. */
async function listed(gatewayUrl: string, filter: string): Promise<readonly string[]> {
  try {
    const answer = await fetch(`${gatewayUrl}/onboardings?limit=1000&${filter}`, { headers });
    return page.parse(await answer.json()).onboardings.map(({ reference }) => reference);
  } catch {
    return [];
  }
}

async function send(
  gatewayUrl: string,
  reference: string,
  what: string,
  body?: object,
): Promise<boolean> {
  try {
    const answer = await fetch(`${gatewayUrl}/onboardings/${reference}/${what}`, {
      method: 'POST',
      headers: body === undefined ? { authorization: headers.authorization } : headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
