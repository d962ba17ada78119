/** Stands for a payload that was altered, or copied from another workflow: the codec has its key, and cannot decrypt it. */
export const UNREADABLE = Object.freeze({ unreadable: true });

export function isUnreadable(value: unknown): boolean {
  return value === UNREADABLE;
}

/**
 * A run without its input can neither continue nor end. An error that is no Temporal failure has the workflow task
 * retried until an operator repairs it.
 *
 * @throws Error
 */
export function refuseUnreadable(input: unknown): void {
  if (isUnreadable(input)) {
    throw new Error('the input of this run was altered, or belongs to another workflow');
  }
}
