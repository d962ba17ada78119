/** The message handlers. They are synchronous and only reduce, so that a flood of messages cannot delay the loop. */
import {
  ApplicationFailure,
  type SignalDefinition,
  type UpdateDefinition,
} from '@temporalio/common';
import { currentUpdateInfo, setHandler } from '@temporalio/workflow';
import {
  acceptedSignal,
  addressReportedSignal,
  applyPolicySignal,
  cancelUpdate,
  checkSignal,
  correctAddressUpdate,
  extendUpdate,
  overrideUpdate,
  prefillQuery,
  prefillUpdate,
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
import { viewOf } from './show/view.ts';
import {
  invalidAddress,
  invalidCancel,
  invalidFields,
  invalidForm,
  invalidOverride,
  invalidReport,
} from './shapes.ts';
import type { Event } from './state/events.ts';
import {
  rejectCancel,
  rejectCorrectAddress,
  rejectExtend,
  rejectOverride,
  rejectPrefill,
  rejectRegister,
  rejectRemind,
  rejectRevokeLinks,
} from './state/rejections.ts';
import type { Sender } from './state/sender.ts';
import { isUnreadable } from './unreadable.ts';

const OF_EARLIER =
  'this update was accepted by an earlier onboarding, which has ended: send it to the present one under a new id';

export function answerMessages(sender: () => Sender, observe: (event: Event) => void): void {
  const at = () => Date.now();
  setHandler(viewQuery, () => viewOf(sender(), at()));
  setHandler(prefillQuery, () => sender().prefill);
  onSignal(acceptedSignal, (message) => ({ kind: 'accepted', message, at: at() }));
  onSignal(refusedSignal, (message) => ({ kind: 'refused', message, at: at() }));
  onSignal(withdrawnSignal, (message) => ({ kind: 'withdrawn', message, at: at() }));
  onSignal(addressReportedSignal, (address) =>
    invalidReport(address) === null ? { kind: 'address-reported', address, at: at() } : null,
  );
  onSignal(applyPolicySignal, () => ({ kind: 'policy-due', at: at() }));
  onSignal<[Check?]>(checkSignal, () => ({ kind: 'check', at: at() }));

  onUpdate(
    registerUpdate,
    (form) => invalidForm(form) ?? rejectRegister(sender()),
    (form) => ({ kind: 'registered', form, at: at() }),
  );
  onUpdate(
    correctAddressUpdate,
    (address) => invalidAddress(address) ?? rejectCorrectAddress(sender(), address),
    (address) => ({ kind: 'address-corrected', address, at: at() }),
  );
  onUpdate(
    remindUpdate,
    () => rejectRemind(sender(), at()),
    () => ({ kind: 'remind', at: at() }),
  );
  onUpdate(
    extendUpdate,
    (extend) => rejectExtend(sender(), untilOf(extend), at()),
    (extend) => ({ kind: 'extended', until: untilOf(extend), at: at() }),
  );
  onUpdate(
    cancelUpdate,
    (cancel) => invalidCancel(cancel) ?? rejectCancel(sender()),
    ({ by, reason }) => ({ kind: 'cancelled', by, reason, at: at() }),
  );
  onUpdate(
    overrideUpdate,
    (override) => invalidOverride(override) ?? rejectOverride(sender(), override.requirement),
    ({ requirement, by, reason }) => ({ kind: 'overridden', requirement, by, reason, at: at() }),
  );

  onUpdate(
    revokeLinksUpdate,
    () => rejectRevokeLinks(sender()),
    () => ({ kind: 'links-revoked', at: at() }),
  );
  onUpdate(
    prefillUpdate,
    (prefill) => invalidFields(prefill) ?? rejectPrefill(sender()),
    (prefill) => ({ kind: 'prefilled', prefill, at: at() }),
  );

  /** Ignores a payload that was altered, or copied from another workflow. */
  function onSignal<Args extends unknown[]>(
    signal: SignalDefinition<Args>,
    event: (...args: Args) => Event | null,
  ): void {
    setHandler(signal, (...args: Args) => {
      const received = isUnreadable(args[0]) ? null : event(...args);
      if (received !== null) observe(received);
    });
  }

  /** Validates and reduces an update, and returns the view. A repeated update returns the view again. */
  function onUpdate<Args extends unknown[]>(
    definition: UpdateDefinition<OnboardingView, Args>,
    reject: (...args: Args) => string | null,
    event: (...args: Args) => Event,
  ): void {
    const id = () => currentUpdateInfo()?.id ?? '';
    const seen = () => sender().meta.recentUpdates.includes(id());
    setHandler(
      definition,
      (...args: Args) => {
        if (!seen()) {
          observe(event(...args));
          observe({ kind: 'update-seen', id: id(), at: at() });
        }
        return viewOf(sender(), at());
      },
      {
        validator: (...args: Args) => {
          const isOfEarlier = sender().meta.updatesBefore.includes(id());
          const reason = isOfEarlier ? OF_EARLIER : seen() ? null : reject(...args);
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
