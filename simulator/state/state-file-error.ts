/** A state file that cannot be used. The message names it, and the way out. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}
