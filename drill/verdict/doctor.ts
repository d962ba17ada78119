import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Stage } from '../stage/stage.ts';

const diagnosis = z.object({
  checks: z.array(z.object({ check: z.string(), state: z.string(), found: z.string() })),
});

/** What `onboard doctor` finds wrong with the clock by which it runs; undefined: nothing. */
export async function clockFoundByDoctor(
  { options, commands }: Stage,
  nodeOptions: readonly string[],
): Promise<string | undefined> {
  const args = [...nodeOptions, options.onboard, 'doctor', '--json'];
  // It exits with another code than 0 where something is wrong.
  const doctor = spawn(process.execPath, args, {
    env: { ...commands },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { checks } = diagnosis.parse(JSON.parse(await text(doctor.stdout)));
  return checks.find(({ check, state }) => check === 'clock' && state === 'failed')?.found;
}
