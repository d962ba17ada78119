/** Running one drill to its row in the table, whatever becomes of it. */
import { CannotRunError, type Drill, type DrillSettings } from './drill.ts';
import { isUnharmed, type Verdict } from './verdict/verdict.ts';

export type Outcome = { readonly drill: string; readonly seed: number } & (
  | { readonly kind: 'ran'; readonly verdict: Verdict; readonly tookS: number }
  /** This machine lacks what it takes: nothing is shown, and nothing is wrong. */
  | { readonly kind: 'cannot-run'; readonly why: string }
  | { readonly kind: 'broke-off'; readonly why: string }
);

export async function outcomeOf(drill: Drill, settings: DrillSettings): Promise<Outcome> {
  const { seed } = settings;
  const is = { drill: drill.name, seed };
  const begin = Date.now();
  try {
    const verdict = await drill.run(settings);
    return { ...is, kind: 'ran', verdict, tookS: Math.round((Date.now() - begin) / 1000) };
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    if (!(error instanceof CannotRunError)) settings.progress(String(error));
    return { ...is, kind: error instanceof CannotRunError ? 'cannot-run' : 'broke-off', why };
  }
}

export function isWell(outcome: Outcome): boolean {
  return outcome.kind === 'ran' ? isUnharmed(outcome.verdict) : outcome.kind === 'cannot-run';
}
