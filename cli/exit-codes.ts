/** The exit codes of `onboard`. Scripts rely on them. */
export const EXIT = {
  done: 0,
  /** A bug, or a failure that the code does not expect. */
  unexpected: 1,
  /** Arguments, input or environment are invalid; nothing was done. */
  usage: 2,
  /** No onboarding has this reference, or no notification this sequence. */
  notFound: 3,
  /** The onboarding exists, and cannot accept the request now. */
  refused: 4,
  /** Temporal cannot be reached, or no worker answers. */
  unavailable: 5,
  /** The command waited for the end, and the outcome is not ready. */
  notReady: 6,
  /** A check of `doctor` or a step of `probe` failed, or the receiver did not accept `notify test`. */
  unhealthy: 7,
  /** Ctrl-C before the end. A server ends with `done` at the first Ctrl-C, with this at a second one. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For `onboard help exit-codes` and the README. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done; also `up`, `worker` and the other servers after the first Ctrl-C',
  unexpected: 'an unexpected failure, such as a bug',
  usage: 'arguments, input or environment are invalid; nothing was done',
  notFound: 'no onboarding has this reference, or no notification this sequence',
  refused: 'the onboarding cannot accept the request now; the message says why',
  unavailable: 'Temporal cannot be reached, or no worker answers',
  notReady: 'the command waited for the end, and the outcome is not `ready`',
  unhealthy: 'a check of `doctor` or a step of `probe` failed, or `notify test` was not accepted',
  interrupted: 'ended by Ctrl-C before the end, or the reader of `watch` closed its output',
};
