/** Runs a drill and turns its result, or its error, into an outcome. */
import { CannotRunError, type Drill, type DrillSettings } from './drill.ts';
import { isUnharmed, type DrillVerdict } from './verdict/verdict.ts';

export type DrillOutcome = { readonly drill: string; readonly seed: number } & (
  | { readonly kind: 'ran'; readonly verdict: DrillVerdict; readonly tookS: number }
  /** This machine lacks something that the drill needs. */
  | { readonly kind: 'cannot-run'; readonly why: string }
  /** By `--without`. */
  | { readonly kind: 'left-out' }
  | { readonly kind: 'broke-off'; readonly why: string }
);

type Reporting = Pick<DrillSettings, 'seed' | 'progress'>;

/** @returns the outcome if the drill cannot be run, or undefined */
export async function prepare(
  drill: Drill,
  settings: Reporting,
): Promise<DrillOutcome | undefined> {
  try {
    await drill.prepare?.(settings);
    return undefined;
  } catch (error) {
    return failed(drill, settings, error);
  }
}

export async function outcomeOf(drill: Drill, settings: DrillSettings): Promise<DrillOutcome> {
  const { seed } = settings;
  const begin = Date.now();
  try {
    const verdict = await drill.run(settings);
    const tookS = Math.round((Date.now() - begin) / 1000);
    return { drill: drill.name, seed, kind: 'ran', verdict, tookS };
  } catch (error) {
    return failed(drill, settings, error);
  }
}

function failed({ name }: Drill, { seed, progress }: Reporting, error: unknown): DrillOutcome {
  progress(String(error));
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const kind = error instanceof CannotRunError ? 'cannot-run' : 'broke-off';
  return { drill: name, seed, kind, why };
}

/** A drill that was not run proves nothing and so fails, unless it was left out on purpose. */
export function isWell(outcome: DrillOutcome): boolean {
  return outcome.kind === 'ran' ? isUnharmed(outcome.verdict) : outcome.kind === 'left-out';
}
