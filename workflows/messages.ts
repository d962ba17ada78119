/** The handlers: synchronous, they only reduce. A flood of them cannot hold up the story. */
import {
  ApplicationFailure,
  type SignalDefinition,
  type UpdateDefinition,
} from '@temporalio/common';
import { currentUpdateInfo, setHandler } from '@temporalio/workflow';
import {
  acceptedSignal,
  cancelUpdate,
  checkSignal,
  correctAddressUpdate,
  extendUpdate,
  overrideUpdate,
  refusedSignal,
  registerUpdate,
  remindUpdate,
  revokeLinksUpdate,
  UPDATE_REFUSED,
  viewQuery,
  withdrawnSignal,
  type Check,
  type OnboardingView,
} from './contract/index.ts';
import { keepKeysOf } from './key-ids.ts';
import { viewOf } from './show/view.ts';
import { faultInAddress, faultInCancel, faultInForm, faultInOverride } from './shapes.ts';
import type { Event } from './state/events.ts';
import {
  refusalToCancel,
  refusalToCorrectAddress,
  refusalToExtend,
  refusalToOverride,
  refusalToRegister,
  refusalToRemind,
  refusalToRevokeLinks,
} from './state/refusals.ts';
import type { Sender } from './state/sender.ts';
import { isUnreadable } from './unreadable.ts';

export function answerMessages(sender: () => Sender, observe: (event: Event) => void): void {
  const at = () => Date.now();
  setHandler(viewQuery, () => viewOf(sender(), at()));
  hear(acceptedSignal, (message) => ({ kind: 'accepted', message, at: at() }));
  hear(refusedSignal, (message) => ({ kind: 'refused', message, at: at() }));
  hear(withdrawnSignal, (message) => ({ kind: 'withdrawn', message, at: at() }));
  hear<[Check?]>(checkSignal, () => ({ kind: 'check', at: at() }));

  answer(
    registerUpdate,
    (form) => faultInForm(form) ?? refusalToRegister(sender()),
    (form) => ({ kind: 'registered', form, at: at() }),
  );
  answer(
    correctAddressUpdate,
    (address) => faultInAddress(address) ?? refusalToCorrectAddress(sender()),
    (address) => ({ kind: 'address-corrected', address, at: at() }),
  );
  answer(
    remindUpdate,
    () => refusalToRemind(sender(), at()),
    () => ({ kind: 'remind', at: at() }),
  );
  answer(
    extendUpdate,
    (extend) => refusalToExtend(sender(), untilOf(extend), at()),
    (extend) => ({ kind: 'extended', until: untilOf(extend), at: at() }),
  );
  answer(
    cancelUpdate,
    (cancel) => faultInCancel(cancel) ?? refusalToCancel(sender()),
    ({ by, reason }) => ({ kind: 'cancelled', by, reason, at: at() }),
  );
  answer(
    overrideUpdate,
    (override) => faultInOverride(override) ?? refusalToOverride(sender(), override.requirement),
    ({ requirement, by, reason }) => ({ kind: 'overridden', requirement, by, reason, at: at() }),
  );

  answer(
    revokeLinksUpdate,
    () => refusalToRevokeLinks(sender()),
    () => ({ kind: 'links-revoked', at: at() }),
  );

  /** What was altered, or is of another sender, is not heard. */
  function hear<Args extends unknown[]>(
    signal: SignalDefinition<Args>,
    event: (...args: Args) => Event,
  ): void {
    setHandler(signal, (...args: Args) => {
      keepKeysOf(args);
      if (!isUnreadable(args[0])) observe(event(...args));
    });
  }

  /** An update is checked, reduced, and answered with the view; a repeated one is answered again. */
  function answer<Args extends unknown[]>(
    definition: UpdateDefinition<OnboardingView, Args>,
    refusal: (...args: Args) => string | null,
    event: (...args: Args) => Event,
  ): void {
    const id = () => currentUpdateInfo()?.id ?? '';
    const seen = () => sender().recentUpdates.includes(id());
    setHandler(
      definition,
      (...args: Args) => {
        keepKeysOf(args);
        if (!seen()) {
          observe(event(...args));
          observe({ kind: 'update-seen', id: id(), at: at() });
        }
        return viewOf(sender(), at());
      },
      {
        validator: (...args: Args) => {
          const reason = seen() ? null : refusal(...args);
          if (reason !== null) throw ApplicationFailure.nonRetryable(reason, UPDATE_REFUSED);
        },
      },
    );
  }
}

function untilOf(message: { readonly until: string } | null | undefined): number {
  const until: unknown = message?.until;
  return typeof until === 'string' ? Date.parse(until) : NaN;
}
