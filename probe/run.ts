/** Runs the chosen steps: announces each, has it confirmed, and stores its state. */
import { announcementLines, Budget } from './announcement.ts';
import type { StepState } from './report.ts';
import { SkipStep, type Session } from './session.ts';
import type { Step } from './step.ts';

export interface ProbeScreen {
  /** Shown before the step runs. */
  readonly announce: (step: Step, does: readonly string[]) => void;
  readonly confirm: (step: Step) => Promise<boolean>;
  readonly ended: (step: Step, state: StepState) => void;
}

/** What a step will do, for a person. */
export function stepLines({ kind, announces }: Step): readonly string[] {
  const lines = announcementLines(announces);
  if (kind === 'people') return [...lines, 'you click in a mail of AR24 meanwhile, or skip that'];
  return lines.length === 0 ? ['it only reads: no account, no mail, no cost'] : lines;
}

/** @param steps in their order; those that the report shows as done are left out */
export async function runSteps(
  steps: readonly Step[],
  session: Session,
  screen: ProbeScreen,
): Promise<void> {
  for (const step of steps) {
    if (session.report.steps[step.name]?.state === 'done') continue;
    const state = await runStep(step, session, screen);
    screen.ended(step, state);
    // Without working credentials every other step would find the same refusal.
    if (step.name === 'transport' && state.state !== 'done') return;
  }
}

/** Announces a step, and has it confirmed. @returns why it does not run, or undefined */
async function whyNot(
  step: Step,
  session: Session,
  screen: ProbeScreen,
): Promise<string | undefined> {
  const missing = step.needs.filter((role) => session.addresses[role] === undefined);
  if (missing.length > 0) return `there is no address for ${missing.join(' and ')}`;
  screen.announce(step, stepLines(step));
  return (await screen.confirm(step)) ? undefined : 'not confirmed';
}

async function runStep(step: Step, session: Session, screen: ProbeScreen): Promise<StepState> {
  const { name, announces } = step;
  const refusal = await whyNot(step, session, screen);
  await session.begin(name, new Budget(name, announces));
  if (refusal !== undefined) return session.end('skipped', refusal);
  const troubles = session.wire.troubles;
  let skipped: string | undefined;
  try {
    await step.run(session);
  } catch (error) {
    if (!(error instanceof SkipStep)) {
      await session.end('failed', error instanceof Error ? error.name : 'unknown error');
      throw error;
    }
    skipped = error.message;
  }
  const failures = session.wire.troubles - troubles;
  if (failures > 0) {
    const calls = `${failures} calls had no proper answer: run it again with --continue`;
    return session.end('failed', skipped === undefined ? calls : `${skipped}; ${calls}`);
  }
  return skipped === undefined ? session.end('done') : session.end('skipped', skipped);
}
