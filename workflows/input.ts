import type { OnboardingStart } from './contract/index.ts';
import type { Sender } from './state/sender.ts';

/** The workflow's argument: a start from outside, or the state carried over from the run before. */
export interface OnboardingInput extends OnboardingStart {
  readonly carriedOver?:
    | {
        readonly sender: Sender;
        readonly published: string;
        /** The gist of what the partner was told last. */
        readonly told?: string | undefined;
      }
    | undefined;
}
