/**
 * Detects a part that makes no progress. Each step calls `pulse`: an onboarding ended, a call had the expected
 * answer. Without a step for some time, the part fails instead of waiting for ever.
 */
let step: () => void = () => undefined;

export function pulse(): void {
  step();
}

export class NoProgressError extends Error {
  override readonly name = 'NoProgressError';
}

/** @throws NoProgressError when `work` calls no `pulse` for so many seconds; the work itself goes on */
export async function whileProgressing<T>(limitS: number, work: () => Promise<T>): Promise<T> {
  const still = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    still.reject(new NoProgressError(`it made no progress for ${limitS} s`));
  }, limitS * 1_000);
  step = () => {
    timer.refresh();
  };
  try {
    return await Promise.race([work(), still.promise]);
  } finally {
    clearTimeout(timer);
  }
}
