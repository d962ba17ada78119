/**
 * The kinds of ids, all strings at run time. One kind is not accepted where another is expected. A plain string is
 * accepted as any of them, so that who integrates the client, or parses a message, need not convert it.
 */
interface Kind<Name extends string> {
  readonly __kind?: Name;
}

/** The partner's own name of a sender; the workflow's id derives from it. */
export type Reference = string & Kind<'reference'>;
/** An AR24 account's `id_user`. */
export type AccountId = string & Kind<'account id'>;
/** Keyed hash of an e-mail address. */
export type EmailHash = string & Kind<'e-mail hash'>;
/** Temporal's id of one run of a workflow. */
export type RunId = string & Kind<'run id'>;
