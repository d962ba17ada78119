/** One run of an onboarding: what is known of the sender, and how each step of the plan is carried out. */
import {
  CancellationScope,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { perform, policyRead, searchRequesters } from './calls.ts';
import type { Outcome } from './contract/index.ts';
import { answerMessages } from './messages.ts';
import { PartnerNotifier } from './notify/partner.ts';
import type { CallStep, RequestersStep } from './plan/steps.ts';
import { attributesOf } from './show/attributes.ts';
import { detailsOf } from './show/details.ts';
import { SenderMetrics } from './show/metrics.ts';
import { viewOf } from './show/view.ts';
import { doorOf, type OnboardingInput } from './input.ts';
import type { Event } from './state/events.ts';
import { reduce } from './state/reduce.ts';
import { newSender, withCarriedOver } from './state/new-sender.ts';
import type { Sender } from './state/sender.ts';
import { isNewerVersionThere, versionOfNextRun } from './version.ts';
import { Watch } from './watch.ts';

export class Run {
  private known: Sender;
  private readonly partner: PartnerNotifier;
  private readonly watch: Watch;
  private readonly metrics: SenderMetrics;
  /** Grows when an alarm rings: the plan may change although no event came. */
  private alarms = 0;
  /** Of the call in flight. */
  private scope: CancellationScope | null = null;
  /** The search attributes as Temporal has them: each upsert is billed. */
  private published: string;

  constructor(input: OnboardingInput) {
    this.known = withCarriedOver(newSender(input, Date.now()), input.carriedOver?.sender);
    this.published = input.carriedOver?.published ?? '';
    this.partner = new PartnerNotifier(input.carriedOver);
    this.metrics = new SenderMetrics(this.known, input.carriedOver?.statusSince);
    if (!input.carriedOver) this.metrics.started(this.known, doorOf(input));
    this.watch = new Watch(
      (event) => {
        this.observe(event);
      },
      () => this.alarms++,
    );
    answerMessages(
      () => this.known,
      (event) => {
        this.observe(event);
      },
    );
    CancellationScope.current().cancelRequested.catch(() => {
      const reason = 'cancelled in Temporal';
      this.observe({ kind: 'cancelled', by: 'temporal', reason, at: Date.now() });
    });
  }

  get sender(): Sender {
    return this.known;
  }

  /** Where somebody ended the activity by hand, the plan reads the policy again. */
  async readPolicy(): Promise<void> {
    const read = await policyRead();
    if (read) this.observe({ kind: 'policy-read', ...read, at: Date.now() });
  }

  /** Makes one call to AR24. What a cancelled call may have written is read back afterwards. */
  async call(step: CallStep): Promise<void> {
    const { email } = this.known.request;
    this.observe({ kind: 'acting', call: step.do, at: Date.now() });
    setCurrentDetails(detailsOf(viewOf(this.known, Date.now())));
    // Not before a read: its result may change what to notify.
    if (step.do !== 'read-account') this.partner.observe(this.known);
    const result = await this.unlessObsolete(() => perform(step, this.known));
    this.observe(result ?? { kind: 'call-interrupted', call: step.do, email, at: Date.now() });
  }

  async findOtherRequesters(step: RequestersStep): Promise<void> {
    // Temporal's search counts once it shows that this run holds the account.
    this.publish();
    const result = await this.unlessObsolete(() => searchRequesters(step, this.known));
    if (result) this.observe(result);
  }

  remindByPartner(): void {
    this.observe({ kind: 'partner-reminded', at: Date.now() });
    this.partner.remind(this.known);
  }

  /** Resolves when something changed, or when the plan may have changed by time alone. */
  async waitForChange(): Promise<void> {
    this.report();
    this.watch.keepFor(this.known);
    const { version } = this.known.meta;
    const { alarms } = this;
    await condition(() => this.known.meta.version !== version || this.alarms !== alarms);
  }

  async finish(outcome: Outcome): Promise<Outcome> {
    this.observe({ kind: 'finished', outcome, at: Date.now() });
    this.report();
    if (!this.partner.isUpToDate) await this.partner.flush();
    return outcome;
  }

  get isToContinueAsNew(): boolean {
    const { continueAsNewSuggested } = workflowInfo();
    return continueAsNewSuggested || isNewerVersionThere();
  }

  /**
   * The server drops memo and attributes at a continuation unless they are passed on. The static summary
   * cannot be (SDK 1.24): the first line of the details says the same.
   */
  async continueAsNew(): Promise<never> {
    this.watch.stop();
    // Await only if something is pending: one `await` more changes the command order and breaks replay.
    if (!this.partner.isUpToDate) await this.partner.flush();
    this.publish();
    const { memo, typedSearchAttributes } = workflowInfo();
    const next = makeContinueAsNewFunc<(input: OnboardingInput) => Promise<Outcome>>({
      typedSearchAttributes,
      ...(memo && { memo }),
      ...versionOfNextRun(),
    });
    const { known: sender, published } = this;
    const { request, address, accessRequestedBefore } = sender;
    const { notified, sequence } = this.partner;
    const { statusSince } = this.metrics;
    // Orders are in the sender that is carried over.
    const before = { accessRequestedBefore, identityOrderedBefore: false };
    const emailHashes = address.hashes;
    return next({
      request,
      emailHashes,
      ...before,
      carriedOver: { sender, published, notified, sequence, statusSince },
    });
  }

  private observe(event: Event): void {
    const before = this.known;
    this.known = reduce(before, event);
    this.metrics.observe(before, this.known, event.at);
    if (makesObsolete(before, this.known)) this.scope?.cancel();
    // At once: other references and the budget of mails must know the address before anybody can be mailed.
    if (this.known.address.hashes !== before.address.hashes) this.publish();
  }

  private report(): void {
    this.publish();
    this.partner.observe(this.known);
  }

  /** Shows the sender in Temporal's UI and search. */
  private publish(): void {
    const view = viewOf(this.known, Date.now());
    setCurrentDetails(detailsOf(view));
    const attributes = attributesOf(view, this.known);
    const published = JSON.stringify(attributes);
    if (published !== this.published) upsertSearchAttributes(attributes);
    this.published = published;
  }

  /** @returns undefined where an event made the result obsolete, so that the call was cancelled */
  private async unlessObsolete(act: () => Promise<Event>): Promise<Event | undefined> {
    this.scope = new CancellationScope({ cancellable: true });
    try {
      return await this.scope.run(act);
    } catch (error) {
      if (!isCancellation(error)) throw error;
      return undefined;
    } finally {
      this.scope = null;
    }
  }
}

/** Somebody cancelled, or corrected the address: the call in flight is about what no longer holds. */
function makesObsolete(before: Sender, after: Sender): boolean {
  const isCancelled = before.cancel === null && after.cancel !== null;
  return isCancelled || before.request.email !== after.request.email;
}
