import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Prefill, RegistrationForm } from './request.ts';
import type { Claimable, Overridable } from './requirements.ts';
import type { OnboardingView } from './view.ts';
import type { EmailHash } from './ids.ts';

export interface Accepted {
  readonly what: Claimable;
  /** Who says so, for example `webhook` or an operator's name. */
  readonly by: string;
}
export interface Refused {
  readonly by: string;
}
export interface Check {
  readonly by?: string | undefined;
}

/** Claims that something was accepted. AR24 is read before it is believed. */
export const acceptedSignal = defineSignal<[Accepted]>('accepted');
/** Claims that the holder refused access. AR24 is read: granted access wins. */
export const refusedSignal = defineSignal<[Refused]>('refused');
/** A hint: has AR24 read now. */
export const checkSignal = defineSignal<[Check?]>('check');

/** Has the worker's policy read again, for example after notifications were switched on. */
export const applyPolicySignal = defineSignal('applyPolicy');

export interface Withdrawal {
  /** Who says so, for example the source of the event. */
  readonly by: string;
  readonly reason: string;
}
/** The sign-up was withdrawn: like a cancellation, but durable without a worker, and never rejected. */
export const withdrawnSignal = defineSignal<[Withdrawal]>('withdrawn');

export interface CorrectAddress {
  readonly email: string;
  /** Keyed hashes of the new address: under the key in use, then under each former key. */
  readonly emailHashes: readonly EmailHash[];
  /** Vouches that the address is this person's. */
  readonly emailVerified: boolean;
  readonly by: string;
}
/** The sender's address as the partner's sign-up system or identity provider reports it. */
export interface ReportedAddress extends CorrectAddress {
  /** Since when it is so, ms since the epoch: reports arrive late, twice and in any order. */
  readonly asOf: number;
}
/** Corrects the address as long as there is no account; afterwards it is only shown. Durable without a worker. */
export const addressReportedSignal = defineSignal<[ReportedAddress]>('addressReported');
export interface Extend {
  /** ISO 8601. */
  readonly until: string;
}
export interface Cancel {
  readonly by: string;
  readonly reason: string;
}
export interface OverrideMessage {
  readonly requirement: Overridable;
  readonly by: string;
  readonly reason: string;
}

/** Failure type of a run with an invalid input; the message says what is missing. */
export const START_REFUSED = 'StartRefused';

/** Failure type of a rejected update; the message says why, and what to do instead. */
export const UPDATE_REFUSED = 'UpdateRefused';

/** Each update returns the view after it. */
export const registerUpdate = defineUpdate<OnboardingView, [RegistrationForm]>('register');
export const correctAddressUpdate = defineUpdate<OnboardingView, [CorrectAddress]>(
  'correctAddress',
);
export const remindUpdate = defineUpdate<OnboardingView>('remind');
export const extendUpdate = defineUpdate<OnboardingView, [Extend]>('extend');
export const cancelUpdate = defineUpdate<OnboardingView, [Cancel]>('cancel');
export const overrideUpdate = defineUpdate<OnboardingView, [OverrideMessage]>('override');
/** Revokes all links to the sender's page that were made before. */
export const revokeLinksUpdate = defineUpdate<OnboardingView>('revokeLinks');

/** Replaces the prefill of the sender's page. */
export const prefillUpdate = defineUpdate<OnboardingView, [Prefill]>('setPrefill');

export const viewQuery = defineQuery<OnboardingView>('view');
/** For the sender's page alone: the only answer of a workflow with personal data. Null without a prefill. */
export const prefillQuery = defineQuery<Prefill | null>('prefill');
