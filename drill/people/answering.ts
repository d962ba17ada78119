/** An operator who answers questions as docs/runbooks/postgresql-restored.md says, and asks AR24 which orders it has. */
import { z } from 'zod';
import { pause } from '../pause.ts';
import { API_KEY } from '../stage/keys.ts';
import type { Stage } from '../stage/stage.ts';

const CHECK_EVERY_MS = 3_000;
const page = z.object({ onboardings: z.array(z.object({ reference: z.string() })) });
const view = z.object({ question: z.string().nullable(), accountId: z.string().nullable() });
const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };

export interface Answers {
  /** Onboardings by the question that they asked. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
  /** Onboardings whose order AR24 had: the operator did not have it ordered again. */
  readonly hadOrder: ReadonlySet<string>;
}

/** Answers until it is over. */
export function answering(
  { gatewayUrl, simulator }: Stage,
  isOver: () => boolean,
): { readonly answers: Answers; readonly done: Promise<void> } {
  const asked = new Map<string, Set<string>>();
  const hadOrder = new Set<string>();
  const answer = async (reference: string): Promise<void> => {
    const url = `${gatewayUrl}/onboardings/${reference}`;
    const { question, accountId } = view.parse(await (await fetch(url, { headers })).json());
    if (question === null) return;
    asked.set(question, (asked.get(question) ?? new Set()).add(reference));
    const { effects } = await simulator.ledger();
    const isOrdered = effects.some(
      (one) => one.effect === 'letter-sent' && one.accountId === accountId,
    );
    // AR24 has it: the letter is on its way, and its key will be seen.
    if (question === 'order-after-restore' && isOrdered) {
      hadOrder.add(reference);
      return;
    }
    const body = JSON.stringify({ requirement: 'operator', reason: 'AR24 and the partner asked' });
    await (await fetch(`${url}/overrides`, { method: 'POST', headers, body })).arrayBuffer();
  };
  const done = (async () => {
    while (!isOver()) {
      const query = `${gatewayUrl}/onboardings?limit=1000&waitingFor=operator`;
      try {
        const found = page.parse(await (await fetch(query, { headers })).json());
        for (const { reference } of found.onboardings) await answer(reference);
      } catch {
        // The gateway is down.
      }
      await pause(CHECK_EVERY_MS);
    }
  })();
  return { answers: { asked, hadOrder }, done };
}
