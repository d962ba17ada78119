import { spawn } from 'node:child_process';
import { toolEnvironment } from './child-environment.ts';

/** Prints one line of progress. The line has no line break. */
export type ReportLine = (line: string) => void;

const PROGRESS_EVERY_MS = 10_000;
const OUTPUT_KEPT = 2_000;

export interface CommandRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to `toolEnvironment`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The command is killed after so many milliseconds. */
  readonly timeLimitMs: number;
  /** The activity, for the progress lines. */
  readonly doing: string;
}

export type RunResult =
  | { readonly kind: 'done'; readonly output: string }
  | { readonly kind: 'failed'; readonly why: string };

/** Runs a command to its end; reports every ten seconds how long it has taken. */
export function runWithProgress(run: CommandRun, report: ReportLine): Promise<RunResult> {
  const startedAt = performance.now();
  const seconds = (): string => `${String(Math.round((performance.now() - startedAt) / 1000))} s`;
  const progress = setInterval(() => {
    report(`${run.doing}: ${seconds()} so far`);
  }, PROGRESS_EVERY_MS);

  return new Promise<RunResult>((resolve) => {
    let output = '';
    const keep = (chunk: string): void => {
      output = (output + chunk).slice(-OUTPUT_KEPT);
    };
    const child = spawn(run.command, run.args, {
      cwd: run.cwd,
      env: { ...toolEnvironment(), ...run.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: run.timeLimitMs,
      killSignal: 'SIGKILL',
    });
    const endWithUs = (): void => {
      child.kill('SIGKILL');
    };
    process.on('exit', endWithUs);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => {
      process.off('exit', endWithUs);
      resolve({ kind: 'failed', why: error.message });
    });
    child.on('close', (code, signal) => {
      process.off('exit', endWithUs);
      if (code === 0) resolve({ kind: 'done', output });
      else if (signal === 'SIGKILL' && performance.now() - startedAt >= run.timeLimitMs)
        resolve({ kind: 'failed', why: `gave up after ${seconds()}` });
      else
        resolve({ kind: 'failed', why: lastLine(output) ?? `ended with ${code ?? signal ?? '?'}` });
    });
  }).finally(() => {
    clearInterval(progress);
  });
}

/** Most tools print the reason of a failure last. */
function lastLine(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '');
}
