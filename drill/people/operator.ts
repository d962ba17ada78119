/** An operator after the storm, by the runbook: has those reminded who may never have got their mail. */
import { z } from 'zod';
import { pause } from '../pause.ts';
import { API_KEY } from '../stage/keys.ts';
import type { Stage } from '../stage/stage.ts';

const LOOK_EVERY_MS = 15_000;
const STEP_MS = 500;
const page = z.object({ onboardings: z.array(z.object({ reference: z.string() })) });
const headers = { authorization: `Bearer ${API_KEY}` };

export async function remindUnreachable(stage: Stage, isOver: () => boolean): Promise<void> {
  const reminded = new Set<string>();
  while (!isOver()) {
    // The gateway may just be on its way back.
    for (const reference of await unreachable(stage).catch(() => [])) {
      if (await remind(stage, reference).catch(() => false)) reminded.add(reference);
    }
    for (let waited = 0; waited < LOOK_EVERY_MS && !isOver(); waited += STEP_MS) {
      await pause(STEP_MS);
    }
  }
  if (reminded.size > 0) stage.options.progress(`an operator had ${reminded.size} reminded`);
}

async function unreachable({ gatewayUrl }: Stage): Promise<readonly string[]> {
  const path = '/onboardings?problem=unreachable&limit=1000';
  const answer = await fetch(gatewayUrl + path, { headers });
  return page.parse(await answer.json()).onboardings.map(({ reference }) => reference);
}

/** Refused while the last mail is less than ten minutes old. */
async function remind({ gatewayUrl }: Stage, reference: string): Promise<boolean> {
  const url = `${gatewayUrl}/onboardings/${reference}/reminders`;
  const answer = await fetch(url, { method: 'POST', headers });
  await answer.arrayBuffer();
  return answer.ok;
}
