import { PROBLEMS, type ProblemCode } from './codes.ts';

/** One invalid field: its place and its fault, never its value. */
export interface FieldProblem {
  /** A JSON pointer into the body, such as `/registration/zipcode`. */
  readonly pointer?: string | undefined;
  /** A parameter of the path, the query or a header. */
  readonly parameter?: string | undefined;
  readonly detail: string;
}

export interface ProblemOptions {
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  /** Logged, and never returned. */
  readonly cause?: unknown;
  /** Further members of the answer. */
  readonly members?: Readonly<Record<string, unknown>> | undefined;
}

/** A failure as callers get it (RFC 9457). Everything in it but the cause is public. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldProblem[] | undefined;
  readonly retryAfter: number | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const { status, title, help } = PROBLEMS[code];
    super(title, { cause: options.cause });
    this.code = code;
    this.status = status;
    this.detail = options.detail ?? help;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
    this.members = options.members ?? {};
  }
}
