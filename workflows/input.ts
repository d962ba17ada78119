import { DOORS, type Door, type OnboardingStart } from './contract/index.ts';
import type { Sender } from './state/sender.ts';

/** The workflow's argument: a start from outside, or the state carried over from the run before. The client reads it from histories. */
export interface OnboardingInput extends OnboardingStart {
  readonly carriedOver?:
    | {
        readonly sender: Sender;
        readonly published: string;
        /** Fingerprint of the view in the newest notification. */
        readonly notified?: string;
        /** The sequence number of the newest notification. */
        readonly sequence?: number;
        /** When the present status began, ms since the epoch. */
        readonly statusSince?: number;
      }
    | undefined;
}

/** A start by hand may name any door, which must not become a label of a metric. */
export function doorOf({ door }: Pick<OnboardingStart, 'door'>): Door {
  return DOORS.find((one) => one === door) ?? 'application';
}
