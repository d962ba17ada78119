/** What came of a drill. Nothing was harmed where all lists are empty. */
export interface Verdict {
  readonly onboardings: number;
  /** What was done to whom, and how often. */
  readonly harm: string;
  /** References of onboardings that are gone, or ended otherwise than their people had it. */
  readonly lost: readonly string[];
  /** Of those for whom AR24 created more accounts than they needed. */
  readonly doubled: readonly string[];
  /** Of those that were still open when the time was over, or never taken. */
  readonly stuck: readonly string[];
  /** Of those who got more mails than they needed and answers were lost. */
  readonly overMailed: readonly string[];
  readonly mails: Mails;
  /** Seconds from the end of the harm until all had ended. */
  readonly backlogS: number;
  /** What else had to hold and did not, as sentences. */
  readonly broken: readonly string[];
  /** What else was seen, as sentences. */
  readonly seen: readonly string[];
}

export interface Mails {
  readonly sent: number;
  readonly needed: number;
  /** Of askings by mail: each may have cost one mail more. */
  readonly answersLost: number;
}

export function isUnharmed(verdict: Verdict): boolean {
  const { lost, doubled, stuck, overMailed, broken } = verdict;
  return [lost, doubled, stuck, overMailed, broken].every((list) => list.length === 0);
}
