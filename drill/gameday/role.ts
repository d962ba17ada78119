/** A process of a stack that is deployed again with other settings, or stopped. */
import type { Kept, Program } from '../processes/kept.ts';
import { keepRunning } from '../processes/kept.ts';

type Environment = Readonly<Record<string, string>>;

export interface Role {
  /** Starts it, if it does not run. */
  start(): void;
  stop(): Promise<void>;
  /** Ends it (SIGTERM), and starts it with changed variables. They stay. */
  deploy(changes: Environment): Promise<void>;
  /** Gives it no CPU for so long. */
  freeze(ms: number): Promise<void>;
  /** The variables it has now. */
  environment(): Environment;
  readonly logFile: string;
}

export function role(program: Program): Role {
  let { env } = program;
  let kept: Kept | undefined;
  const start = (): void => {
    kept ??= keepRunning({ ...program, env });
  };
  const stop = async (): Promise<void> => {
    const last = kept;
    kept = undefined;
    await last?.stop();
  };
  return {
    start,
    stop,
    async deploy(changes) {
      await stop();
      env = { ...env, ...changes };
      start();
    },
    async freeze(ms) {
      await kept?.freeze(ms);
    },
    environment: () => env,
    logFile: program.logFile,
  };
}
