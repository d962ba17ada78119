/** Whatever was thrown, as the problem that is told. */
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  InvalidRequestError,
  NoWorkerError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  UpdateRefusedError,
} from '../../client/index.ts';
import type { ProblemCode } from './codes.ts';
import { Problem, type FieldProblem } from './problem.ts';

/** Seconds. */
export const TRY_AGAIN_S = { temporal: 5, worker: 10 } as const;

/** More help nobody: a list of thousands of wrong values must not be answered by a longer one. */
const MOST_ERRORS = 100;

/** Fastify's own errors, by their codes: https://fastify.dev/docs/latest/Reference/Errors/ */
const FASTIFY: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-body',
  FST_ERR_NOT_FOUND: 'no-such-route',
  FST_ERR_BAD_URL: 'no-such-route',
  FST_ERR_MAX_PARAM_LENGTH: 'no-such-route',
};

/** By status, for errors of plugins that have no code of their own. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'no-such-route',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/**
 * @param said where the request says what it wants, for faults that only name a field
 * @returns a problem of the code `unexpected` for what nobody foresaw: log that one
 */
export function asProblem(error: unknown, said: 'body' | 'query' = 'body'): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidRequestError) {
    const errors = error.faults
      .slice(0, MOST_ERRORS)
      .map(({ path, message }) =>
        said === 'body' ? at(pointerOf(path), message) : inParameter(path, message),
      );
    return new Problem('impossible-value', { errors });
  }
  if (error instanceof OnboardingNotFoundError) return new Problem('onboarding-not-found');
  if (error instanceof UpdateRefusedError) return new Problem('not-now', { detail: error.reason });
  if (error instanceof NoWorkerError) {
    return new Problem('no-worker', { retryAfter: TRY_AGAIN_S.worker });
  }
  if (error instanceof TemporalUnavailableError) {
    return new Problem('temporal-unavailable', { retryAfter: TRY_AGAIN_S.temporal });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validationContext === 'body' ? at : inParameter;
    const errors = error.validation
      .slice(0, MOST_ERRORS)
      .map(({ instancePath, message = '' }) =>
        where(instancePath === '/' ? '' : instancePath, message),
      );
    return new Problem('invalid-request', { errors });
  }
  return new Problem(codeOf(error));
}

function codeOf(error: unknown): ProblemCode {
  if (typeof error !== 'object' || error === null) return 'unexpected';
  if ('code' in error && typeof error.code === 'string' && Object.hasOwn(FASTIFY, error.code)) {
    return FASTIFY[error.code] ?? 'unexpected';
  }
  const status = 'statusCode' in error && Number(error.statusCode);
  if (status === false || status < 400 || status >= 500) return 'unexpected';
  return BY_STATUS[status] ?? 'malformed-body';
}

function at(pointer: string, detail: string): FieldProblem {
  return { pointer, detail };
}

function inParameter(path: string, detail: string): FieldProblem {
  return { parameter: path.replace(/^\//, ''), detail };
}

/** A path of the client's schemas, `registration.zipcode`, as RFC 6901 writes it. */
function pointerOf(path: string): string {
  return path === '' ? '' : `/${path.replaceAll('.', '/')}`;
}
