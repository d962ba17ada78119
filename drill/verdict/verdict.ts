/** The result of a drill. It passed if the lists of faults are empty. */
export interface DrillVerdict {
  readonly onboardings: number;
  /** The description of the harm. */
  readonly harm: string;
  /** References of onboardings that disappeared or ended with a wrong status. */
  readonly lost: readonly string[];
  /** References of onboardings with more accounts than needed. */
  readonly doubled: readonly string[];
  /** References of onboardings that were open at the end, or whose start was never accepted. */
  readonly stuck: readonly string[];
  /** References of onboardings with more mails than needed plus lost answers. */
  readonly overMailed: readonly string[];
  readonly mails: Mails;
  /** Seconds from the end of the harm until all had ended. */
  readonly backlogS: number;
  /** Other faults, as sentences. */
  readonly broken: readonly string[];
  /** Observations that are no faults, as sentences. */
  readonly seen: readonly string[];
}

export interface Mails {
  readonly sent: number;
  readonly needed: number;
  /** Unconfirmed requests by mail: each may have caused one more mail. */
  readonly unconfirmed: number;
}

export function isUnharmed(verdict: DrillVerdict): boolean {
  const { lost, doubled, stuck, overMailed, broken } = verdict;
  return [lost, doubled, stuck, overMailed, broken].every((list) => list.length === 0);
}
