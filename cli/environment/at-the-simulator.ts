/**
 * What holds instead of the other defaults where AR24 is the simulator of a running `onboard up`: who
 * clicks in its mailbox page should see it a moment later, and nobody minds how often it is asked.
 */
export const AT_THE_SIMULATOR = {
  ONBOARDING_POLL_FIRST_S: '2',
  ONBOARDING_POLL_MAX_S: '10',
} as const;
