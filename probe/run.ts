/** Runs the chosen steps: announces each, has it confirmed, and stores its state. */
import { announcementLines, Budget } from './announcement.ts';
import { isPassing } from './answer.ts';
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
  let isChecked = false;
  for (const step of steps) {
    if (session.report.steps[step.name]?.state === 'done') continue;
    const refusal = await whyNot(step, session, screen);
    await session.begin(step.name, new Budget(step.name, step.announces));
    if (refusal !== undefined) {
      screen.ended(step, await session.end('skipped', refusal));
      continue;
    }
    const outcome = isChecked ? 'success' : await plainCall(session);
    if (outcome !== 'success') {
      screen.ended(step, await session.end('failed', `${PLAIN} ${outcome}; run onboard doctor`));
      return;
    }
    isChecked = true;
    const { state, isOver } = await runStep(step, session);
    screen.ended(step, state);
    if (isOver) return;
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

const PLAIN = 'AR24 answers a plain list with';

/**
 * Lists one account, which every token may. Where AR24 refuses that, it would refuse every other call too, and the
 * slug would have nothing to do with the call.
 */
async function plainCall({ wire }: Session): Promise<string> {
  return (await wire.get('user/list', { max: '1' })).outcome;
}

/** @returns whether the run is over too, as AR24 refuses everything */
async function runStep(
  step: Step,
  session: Session,
): Promise<{ readonly state: StepState; readonly isOver: boolean }> {
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
  if (skipped !== undefined) session.note(skipped);
  const outcome = await plainCall(session);
  if (outcome !== 'success') {
    if (!isPassing(outcome)) session.discardFindings();
    const why = `${PLAIN} ${outcome} after this step; run onboard doctor, then --continue`;
    return { state: await session.end('failed', why), isOver: true };
  }
  if (failures > 0) {
    const calls = `${failures} calls had no proper answer: run it again with --continue`;
    return { state: await session.end('failed', calls), isOver: false };
  }
  const state = await session.end(skipped === undefined ? 'done' : 'skipped');
  return { state, isOver: false };
}
