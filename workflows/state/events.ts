/** Everything that can happen to a sender. `at`: ms since the epoch. */
import type {
  AskResult,
  CallFailure,
  CorrectAddress,
  CreateAccountResult,
  Outcome,
  Overridable,
  RegistrationForm,
  Sighting,
} from '../contract/index.ts';
import type { Call } from './sender.ts';

/** What came back from a call; `email` and `startedAt` tell which state of the world it met. */
interface FromCall {
  readonly startedAt: number;
  /** The address at the time of the call: an answer for a corrected address is void. */
  readonly email: string;
}

export type Event = { readonly at: number } & (
  | { readonly kind: 'acting'; readonly call: Call }
  | ({ readonly kind: 'looked'; readonly sighting: Sighting } & FromCall)
  | ({ readonly kind: 'access-requested'; readonly result: AskResult } & FromCall)
  | ({ readonly kind: 'account-created'; readonly result: CreateAccountResult } & FromCall)
  | ({ readonly kind: 'terms-requested'; readonly result: AskResult } & FromCall)
  | ({ readonly kind: 'payment-requested'; readonly result: AskResult } & FromCall)
  | ({ readonly kind: 'identity-ordered'; readonly result: AskResult } & FromCall)
  | ({
      readonly kind: 'call-failed';
      readonly call: Call;
      readonly failure: CallFailure;
    } & FromCall)
  | { readonly kind: 'call-interrupted'; readonly call: Call; readonly email: string }
  /** Signals come in any shape: people send them by hand. */
  | { readonly kind: 'accepted'; readonly message: unknown }
  | { readonly kind: 'refused'; readonly message: unknown }
  | { readonly kind: 'check' }
  | { readonly kind: 'registered'; readonly form: RegistrationForm }
  | { readonly kind: 'address-corrected'; readonly address: CorrectAddress }
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
  | { readonly kind: 'partner-reminded' }
  | { readonly kind: 'update-seen'; readonly id: string }
  | { readonly kind: 'finished'; readonly outcome: Outcome }
);

export type EventOf<K extends Event['kind']> = Extract<Event, { readonly kind: K }>;
