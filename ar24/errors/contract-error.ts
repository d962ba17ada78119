import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** In what way an answer is not one of AR24's as documented. */
export type ContractBreach =
  | 'redirected'
  | 'unexpected-status'
  | 'too-large'
  | 'empty'
  | 'not-json'
  | 'undecryptable'
  /** In clear, while the client was told to refuse that. */
  | 'plain-answer'
  | 'missing-field'
  | 'wrong-type'
  /** The answer is about another account than the one asked for. */
  | 'other-user'
  /** A page of a listing that holds nothing new: AR24 ignores `start`. */
  | 'repeated-page';

/** AR24's answer cannot be trusted, or lacks a field that decides. */
export class Ar24ContractError extends Ar24Error {
  override readonly name = 'Ar24ContractError';
  readonly kind = 'contract';
  /** There was an answer, but it does not tell what AR24 did. */
  readonly delivered = 'unknown';
  readonly reason: ContractBreach;
  /** Path of the field at fault, never its value. */
  readonly field: string | undefined;
  /** HTTP status, where that is what is wrong. */
  readonly status: number | undefined;

  constructor(
    endpoint: Endpoint,
    reason: ContractBreach,
    at: { readonly field?: string | undefined; readonly status?: number | undefined } = {},
  ) {
    const where = at.field === undefined ? '' : `, field ${at.field}`;
    const status = at.status === undefined ? '' : `, HTTP ${at.status}`;
    super(
      endpoint,
      `the answer is not what AR24 documents (${reason}${where}${status}). Check the base URL and the key; AR24's API may have changed.`,
    );
    this.reason = reason;
    this.field = at.field;
    this.status = at.status;
  }
}
