import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { RegistrationForm } from './request.ts';
import type { Claimable, OnboardingView, Overridable } from './view.ts';

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

/** A claim that something was accepted. AR24 is read before it is believed. */
export const acceptedSignal = defineSignal<[Accepted]>('accepted');
/** A claim that the holder refused access. AR24 is read: access granted wins. */
export const refusedSignal = defineSignal<[Refused]>('refused');
/** A bare hint: look at AR24 now. */
export const checkSignal = defineSignal<[Check?]>('check');

export interface Withdrawal {
  /** Who says so, for example the source of the event. */
  readonly by: string;
  readonly reason: string;
}
/** The sign-up was taken back: like a cancellation, but durable with no worker up, and never refused. */
export const withdrawnSignal = defineSignal<[Withdrawal]>('withdrawn');

export interface CorrectAddress {
  readonly email: string;
  /** Keyed hash of the new address, for look-ups. */
  readonly emailHash: string;
  readonly emailVerified: boolean;
}
export interface Extend {
  /** ISO 8601. */
  readonly until: string;
}
export interface Cancel {
  readonly by: string;
  readonly reason: string;
}
export interface Override {
  readonly requirement: Overridable;
  readonly by: string;
  readonly reason: string;
}

/** Failure type of a run whose start made no sense; the message says what was missing. */
export const START_REFUSED = 'StartRefused';

/** Failure type of an update that cannot be taken now; the message says why and what to do. */
export const UPDATE_REFUSED = 'UpdateRefused';

/** Each update answers with the view after it. */
export const registerUpdate = defineUpdate<OnboardingView, [RegistrationForm]>('register');
export const correctAddressUpdate = defineUpdate<OnboardingView, [CorrectAddress]>(
  'correctAddress',
);
export const remindUpdate = defineUpdate<OnboardingView>('remind');
export const extendUpdate = defineUpdate<OnboardingView, [Extend]>('extend');
export const cancelUpdate = defineUpdate<OnboardingView, [Cancel]>('cancel');
export const overrideUpdate = defineUpdate<OnboardingView, [Override]>('override');
/** Makes every link to the sender's page void that was made before. */
export const revokeLinksUpdate = defineUpdate<OnboardingView>('revokeLinks');

export const viewQuery = defineQuery<OnboardingView>('view');
