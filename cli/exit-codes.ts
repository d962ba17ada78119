/** What `onboard` exits with: promises, as scripts rely on them. */
export const EXIT = {
  done: 0,
  /** A bug, or something that nobody foresaw. */
  unexpected: 1,
  /** Arguments, input or environment make no sense; nothing was done. */
  usage: 2,
  /** No onboarding has this reference. */
  notFound: 3,
  /** The onboarding is there, and cannot take this now. */
  refused: 4,
  /** Temporal cannot be reached, or no worker answers. */
  unavailable: 5,
  /** It was waited for, and ended as something else than ready. */
  notReady: 6,
  /** `doctor` found something that needs mending. */
  unhealthy: 7,
  /** Ctrl-C before it was done. What runs until Ctrl-C is done then, unless a second one cuts it off. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** As it stands in `onboard help exit-codes` and the README. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done; `up`, `worker` and `simulator` are at the first Ctrl-C',
  unexpected: 'something unexpected, such as a bug',
  usage: 'arguments, input or environment make no sense; nothing was done',
  notFound: 'no onboarding has this reference',
  refused: 'the onboarding cannot take this now; the message says why',
  unavailable: 'Temporal cannot be reached, or no worker answers',
  notReady: 'it was waited for, and ended as something else than `ready`',
  unhealthy: '`doctor` found something that needs mending',
  interrupted: 'ended by Ctrl-C before it was done, or nobody reads what `watch` tells',
};
