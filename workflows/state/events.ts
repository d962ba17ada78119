/** Everything that can happen to a sender. `at`: ms since the epoch. */
import type {
  RequestResult,
  CallFailure,
  CorrectAddress,
  CreateAccountResult,
  OrderResult,
  OtherRequesters,
  Outcome,
  Overridable,
  Prefill,
  RegistrationForm,
  ReportedAddress,
  AccountSnapshot,
  WorkerPolicy,
  AccountId,
} from '../contract/index.ts';
import type { CallKind } from './sender.ts';

/** The result of a call: when the call began, and for which address and account. */
interface FromCall {
  readonly startedAt: number;
  /** The address at the time of the call: a result for a corrected address is ignored. */
  readonly email: string;
  /** The account that the call named. A poll may show another one by the time of the answer. */
  readonly accountId?: AccountId | undefined;
}

export type Event = { readonly at: number } & (
  | { readonly kind: 'acting'; readonly call: CallKind }
  | ({ readonly kind: 'account-read'; readonly snapshot: AccountSnapshot } & FromCall)
  | ({ readonly kind: 'access-requested'; readonly result: RequestResult } & FromCall)
  | ({ readonly kind: 'account-created'; readonly result: CreateAccountResult } & FromCall)
  | ({ readonly kind: 'terms-requested'; readonly result: RequestResult } & FromCall)
  | ({ readonly kind: 'payment-requested'; readonly result: RequestResult } & FromCall)
  | ({ readonly kind: 'identity-ordered'; readonly result: OrderResult } & FromCall)
  | ({
      readonly kind: 'call-failed';
      readonly call: CallKind;
      readonly failure: CallFailure;
    } & FromCall)
  | { readonly kind: 'call-interrupted'; readonly call: CallKind; readonly email: string }
  | ({ readonly kind: 'requesters-found'; readonly accountId: AccountId } & OtherRequesters & {
        readonly email: string;
      })
  | ({ readonly kind: 'policy-read' } & WorkerPolicy)
  | { readonly kind: 'policy-due' }
  /** Signals may have any shape, since people send them by hand. */
  | { readonly kind: 'accepted'; readonly message: unknown }
  | { readonly kind: 'refused'; readonly message: unknown }
  | { readonly kind: 'check' }
  | { readonly kind: 'registered'; readonly form: RegistrationForm }
  | { readonly kind: 'address-corrected'; readonly address: CorrectAddress }
  | { readonly kind: 'address-reported'; readonly address: ReportedAddress }
  | { readonly kind: 'remind' }
  | { readonly kind: 'extended'; readonly until: number }
  | { readonly kind: 'cancelled'; readonly by: string; readonly reason: string }
  | {
      readonly kind: 'overridden';
      readonly requirement: Overridable;
      readonly by: string;
      readonly reason: string;
    }
  | { readonly kind: 'withdrawn'; readonly message: unknown }
  | { readonly kind: 'links-revoked' }
  | { readonly kind: 'prefilled'; readonly prefill: Prefill }
  | { readonly kind: 'partner-reminded' }
  | { readonly kind: 'update-seen'; readonly id: string }
  | { readonly kind: 'finished'; readonly outcome: Outcome }
);

export type EventOf<K extends Event['kind']> = Extract<Event, { readonly kind: K }>;
