/** What the system itself tells, by the doors that operators and partners have. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Customer } from '../people/customers.ts';
import { API_KEY } from '../stage/keys.ts';
import type { Stage } from '../stage/stage.ts';

const listed = z.object({ reference: z.string(), status: z.string() });
const view = z.object({ asked: z.array(z.object({ answersLost: z.number() })) });

const MANY_BYTES = 64 * 1024 * 1024;

/** `onboard status`, as an operator reads it. */
export async function statusOf(stage: Stage, reference: string): Promise<string> {
  const { onboard } = stage.options;
  const args = [onboard, 'status', reference];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...stage.commands },
    });
    return stdout.trimEnd();
  } catch {
    return `nothing is to be had of ${reference}`;
  }
}

/** `onboard list --json`. */
export async function statusesIn(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const { onboard } = stage.options;
  const { stdout } = await promisify(execFile)(process.execPath, [onboard, 'list', '--json'], {
    env: { ...stage.commands },
    maxBuffer: MANY_BYTES,
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { reference, status } = listed.parse(JSON.parse(line));
      return [reference, status];
    }),
  );
}

/** Of each, how many answers to askings by mail it knows to be lost. */
export async function answersLostOf(
  { gatewayUrl }: Stage,
  customers: readonly Customer[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { reference } of customers) {
    const answer = await fetch(`${gatewayUrl}/onboardings/${reference}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    // Who cannot tell has lost none: the mails are then too many.
    const told = view.safeParse(await answer.json());
    if (!told.success) continue;
    const lost = told.data.asked.reduce((sum, { answersLost }) => sum + answersLost, 0);
    if (lost > 0) counts.set(reference, lost);
  }
  return counts;
}
