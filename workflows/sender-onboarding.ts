/**
 * One sender's onboarding: observe, plan, act, until there is an outcome.
 * What is known is in `state/`, what to do next in `plan/`; this file is the story.
 */
import { ApplicationFailure } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { perform } from './calls.ts';
import { START_REFUSED, type Outcome } from './contract/index.ts';
import type { OnboardingInput } from './input.ts';
import { keepKeysOf, keyAttribute } from './key-ids.ts';
import { answerMessages } from './messages.ts';
import { Partner } from './notify/partner.ts';
import { plan, type CallStep } from './plan/plan.ts';
import { faultInStart } from './shapes.ts';
import { attributesOf } from './show/attributes.ts';
import { detailsOf } from './show/details.ts';
import { viewOf } from './show/view.ts';
import type { Event } from './state/events.ts';
import { reduce } from './state/reduce.ts';
import { newSender, type Sender } from './state/sender.ts';
import { refuseUnreadable } from './unreadable.ts';
import { Watch } from './watch.ts';

export async function senderOnboarding(input: OnboardingInput): Promise<Outcome> {
  keepKeysOf([input]);
  refuseUnreadable(input);
  refuseToStart(faultInStart(input));
  let sender: Sender = { ...newSender(input, Date.now()), ...input.carriedOver?.sender };
  let inFlight: CancellationScope | null = null;
  const observe = (event: Event) => {
    const before = sender;
    sender = reduce(before, event);
    if (isOvertaken(before, sender)) inFlight?.cancel();
  };

  answerMessages(() => sender, observe);
  CancellationScope.current().cancelRequested.catch(() => {
    observe({ kind: 'cancelled', by: 'temporal', reason: 'cancelled in Temporal', at: Date.now() });
  });
  // Whatever happens, the end is told: a cancellation is an event like any other.
  return CancellationScope.nonCancellable(story);

  async function story(): Promise<Outcome> {
    const publish = publisher(input.carriedOver?.published);
    const partner = new Partner(input.carriedOver?.told);
    let awake = 0;
    const watch = new Watch(observe, () => awake++);

    for (;;) {
      const step = plan(sender, Date.now());
      // Before any step: one that makes calls only would otherwise never be reached by it.
      if (step.do !== 'finish' && workflowInfo().continueAsNewSuggested) {
        watch.stop();
        // Nowhere without need: what is awaited here changes the order of what runs have recorded.
        if (!partner.knowsAll) await partner.isToldAll();
        return continueWith(sender, publish(sender), partner.told);
      }
      switch (step.do) {
        case 'finish':
          observe({ kind: 'finished', outcome: step.outcome, at: Date.now() });
          publish(sender);
          partner.sees(sender);
          if (!partner.knowsAll) await partner.isToldAll();
          return step.outcome;

        case 'remind-by-partner':
          observe({ kind: 'partner-reminded', at: Date.now() });
          partner.isAskedToRemind(sender);
          break;

        case 'look':
        case 'request-access':
        case 'create-account':
        case 'request-terms':
        case 'request-payment':
        case 'order-identity':
          observe({ kind: 'acting', call: step.do, at: Date.now() });
          setCurrentDetails(detailsOf(viewOf(sender, Date.now())));
          // What a look finds may be all that was missing: it is told then.
          if (step.do !== 'look') partner.sees(sender);
          await act(step);
          break;

        case 'wait':
        case 'collect-registration':
        case 'ask-operator':
        case 'wait-for-repair': {
          publish(sender);
          partner.sees(sender);
          watch.keepFor(sender);
          const before = { version: sender.version, awake };
          await condition(() => sender.version !== before.version || awake !== before.awake);
        }
      }
    }
  }

  /** Makes a call, unless it is overtaken; what it may have written is read back afterwards. */
  async function act(step: CallStep): Promise<void> {
    inFlight = new CancellationScope({ cancellable: true });
    const { email } = sender.request;
    try {
      observe(await inFlight.run(() => perform(step, sender)));
    } catch (error) {
      if (!isCancellation(error)) throw error;
      observe({ kind: 'call-interrupted', call: step.do, email, at: Date.now() });
    } finally {
      inFlight = null;
    }
  }
}

/** What a call in flight is about has just become void: somebody cancelled, or the address was wrong. */
function isOvertaken(before: Sender, after: Sender): boolean {
  const cancelled = before.cancel === null && after.cancel !== null;
  return cancelled || before.request.email !== after.request.email;
}

/** A start by hand that makes no sense ends at once, rather than failing its task for ever. */
function refuseToStart(fault: string | null): void {
  if (fault !== null) throw ApplicationFailure.nonRetryable(fault, START_REFUSED);
}

/** Tells the Temporal UI and its search; attributes only when they changed, as each upsert is billed. */
function publisher(initially = ''): (s: Sender) => string {
  let published = initially;
  return (s) => {
    const view = viewOf(s, Date.now());
    setCurrentDetails(detailsOf(view));
    const attributes = [...attributesOf(view, s.emailHash), ...keyAttribute()];
    const now = JSON.stringify(attributes);
    if (now !== published) upsertSearchAttributes(attributes);
    published = now;
    return published;
  };
}

/**
 * The server drops memo and attributes at a continuation unless they are passed on. The static summary
 * cannot be (SDK 1.24): the first line of the details says the same.
 */
function continueWith(sender: Sender, published: string, told: string): Promise<never> {
  const { memo, typedSearchAttributes } = workflowInfo();
  const next = makeContinueAsNewFunc<typeof senderOnboarding>({
    typedSearchAttributes,
    ...(memo && { memo }),
  });
  const { request, askedBefore, policy } = sender;
  const start = { request, askedBefore, identityOrderedBefore: false, policy };
  return next({ ...start, carriedOver: { sender, published, told } });
}
