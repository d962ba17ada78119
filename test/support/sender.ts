/** One onboarding under test: its workflow as a partner, an operator and a tester use it. */
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  acceptedSignal,
  checkSignal,
  refusedSignal,
  viewQuery,
  type Claimable,
  type OnboardingView,
  type Outcome,
  type Status,
} from '../../workflows/contract/index.ts';
import { eventually } from './eventually.ts';

const DAY = 86_400_000;

export class SenderUnderTest {
  readonly handle: WorkflowHandle;
  private readonly env: TestWorkflowEnvironment;

  constructor(handle: WorkflowHandle, env: TestWorkflowEnvironment) {
    this.handle = handle;
    this.env = env;
  }

  view(): Promise<OnboardingView> {
    return this.handle.query(viewQuery);
  }

  /** Waits until the view matches. */
  shows(what: string, holds: (view: OnboardingView) => boolean): Promise<OnboardingView> {
    return eventually(what, () => this.view(), holds);
  }

  reaches(status: Status): Promise<OnboardingView> {
    return this.shows(status, (view) => view.status === status);
  }

  /** Lets virtual time pass. */
  async days(days: number): Promise<void> {
    await this.env.sleep(Math.round(days * DAY));
  }

  async minutes(minutes: number): Promise<void> {
    await this.env.sleep(Math.round(minutes * 60_000));
  }

  accepted(what: Claimable, by = 'webhook'): Promise<void> {
    return this.handle.signal(acceptedSignal, { what, by });
  }

  refused(by = 'webhook'): Promise<void> {
    return this.handle.signal(refusedSignal, { by });
  }

  check(): Promise<void> {
    return this.handle.signal(checkSignal);
  }

  /** The outcome, with time skipped until there is one. */
  async outcome(): Promise<Outcome> {
    return (await this.handle.result()) as Outcome;
  }
}
