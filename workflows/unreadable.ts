/** What the codec could not decrypt although it has the key: altered, or of another workflow. */
export const UNREADABLE = Object.freeze({ unreadable: true });

export function isUnreadable(value: unknown): boolean {
  return value === UNREADABLE;
}

/**
 * A run without its input can neither go on nor end: an error that is no failure of Temporal's has the
 * task tried again, until somebody has seen to it.
 *
 * @throws Error
 */
export function refuseUnreadable(input: unknown): void {
  if (isUnreadable(input)) {
    throw new Error('the input of this run was altered, or belongs to another workflow');
  }
}
