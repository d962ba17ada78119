/** An operator who follows the runbook (docs/operating.md) and reminds people. */
import { z } from 'zod';
import { pause } from '../pause.ts';
import { API_KEY } from '../stage/keys.ts';

const CHECK_EVERY_MS = 10_000;
const STEP_MS = 500;
const REMIND_AFTER_MS = 10 * 60_000;
const page = z.object({ onboardings: z.array(z.object({ reference: z.string() })) });
const headers = { authorization: `Bearer ${API_KEY}` };

/**
 * Reminds the onboardings that still wait ten minutes after the harm has ended. By then everyone who got a
 * mail has acted: the others got none, because AR24 failed twice to mail the request.
 *
 * @returns the references of the reminded onboardings
 */
export async function remindWaiting(
  gatewayUrl: string,
  isOver: () => boolean,
): Promise<ReadonlySet<string>> {
  const begin = Date.now();
  const reminded = new Set<string>();
  while (!isOver()) {
    if (Date.now() > begin + REMIND_AFTER_MS) {
      for (const status of ['awaiting-attachment', 'awaiting-terms']) {
        for (const reference of await listed(gatewayUrl, `status=${status}`)) {
          // The gateway refuses while the last mail is less than ten minutes old.
          if (await remind(gatewayUrl, reference)) reminded.add(reference);
        }
      }
    }
    for (let waited = 0; waited < CHECK_EVERY_MS && !isOver(); waited += STEP_MS) {
      await pause(STEP_MS);
    }
  }
  return reminded;
}

/** Empty while the gateway is down. */
async function listed(gatewayUrl: string, filter: string): Promise<readonly string[]> {
  try {
    const answer = await fetch(`${gatewayUrl}/onboardings?limit=1000&${filter}`, { headers });
    return page.parse(await answer.json()).onboardings.map(({ reference }) => reference);
  } catch {
    return [];
  }
}

async function remind(gatewayUrl: string, reference: string): Promise<boolean> {
  try {
    const url = `${gatewayUrl}/onboardings/${reference}/reminders`;
    const answer = await fetch(url, { method: 'POST', headers });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
