import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '../drill/folder.ts';
import { clearAtExit } from '../drill/clear-at-exit.ts';
import { findTemporalCli } from '../devserver/index.ts';
import type { Part } from './part.ts';
import { median, percentile } from './statistics.ts';

const ANY_PORTS = ['temporal', 'ui', 'simulator', 'gateway', 'codec'].flatMap((part) => [
  `--${part}-port`,
  '0',
]);

export const start: Part = {
  name: 'start',
  summary: 'from `npm start` to ready, and from Ctrl-C to the end',
  async measure({ runs, progress }) {
    // Downloaded or built before the measurement.
    await findTemporalCli(progress);
    const times = { first: [] as UpAndDown[], again: [] as UpAndDown[] };
    for (let run = 0; run < runs; run++) {
      const { path: folder, remove } = await temporaryFolder('bench-start');
      for (const which of ['first', 'again'] as const) {
        const time = await upAndDown(folder);
        times[which].push(time);
        progress(`${which}: ready after ${time.readyS.toFixed(1)} s`);
      }
      await remove();
    }
    const row = (what: string, of: readonly UpAndDown[]) => ({
      what,
      'ready, s': round(median(of.map(({ readyS }) => readyS))),
      'slowest, s': round(
        percentile(
          of.map(({ readyS }) => readyS),
          1,
        ),
      ),
      'Ctrl-C to end, s': round(median(of.map(({ endS }) => endS))),
    });
    return {
      tables: [
        {
          title: 'npm start',
          rows: [row('no state yet', times.first), row('state of an earlier run', times.again)],
        },
      ],
      notes: ["The server's binary is in the cache; free ports. The times include npm's own."],
    };
  },
};

interface UpAndDown {
  readonly readyS: number;
  readonly endS: number;
}

/** Runs `npm start`, waits for the JSON value that reports readiness, and sends Ctrl-C. */
async function upAndDown(folder: string): Promise<UpAndDown> {
  const begin = performance.now();
  const npm = spawn('npm', ['start', '--silent', '--', '--json', ...ANY_PORTS], {
    env: { ...process.env, ONBOARDING_STATE_DIR: folder },
    // Its own process group, as in a terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(npm, 'exit');
  // All child processes are in the group, and stop in order at this signal.
  const interrupt = (): void => {
    if (npm.pid !== undefined && npm.exitCode === null) process.kill(-npm.pid, 'SIGINT');
  };
  const forget = clearAtExit(interrupt);
  await Promise.race([once(createInterface({ input: npm.stdout }), 'line'), exit]);
  const ready = performance.now();
  if (npm.pid === undefined || npm.exitCode !== null) throw new Error('`npm start` did not start');
  interrupt();
  await exit;
  forget();
  return { readyS: (ready - begin) / 1000, endS: (performance.now() - ready) / 1000 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
