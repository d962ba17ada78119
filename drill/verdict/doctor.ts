import { execFile } from 'node:child_process';
import { z } from 'zod';
import type { Stage } from '../stage/stage.ts';

const report = z.object({ checks: z.array(z.object({ check: z.string(), state: z.string() })) });

/** The state of one check of `onboard doctor`. */
export function doctorSays(stage: Stage, name: string): Promise<string> {
  const args = [stage.options.onboard, 'doctor', '--json'];
  return new Promise((resolve, reject) => {
    // It exits with 7 if a check failed.
    execFile(process.execPath, args, { env: { ...stage.commands } }, (_error, out) => {
      try {
        const { checks } = report.parse(JSON.parse(out));
        resolve(checks.find(({ check }) => check === name)?.state ?? 'missing');
      } catch (error) {
        reject(error instanceof Error ? error : new Error('doctor printed no report'));
      }
    });
  });
}
