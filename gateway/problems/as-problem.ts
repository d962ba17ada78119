/** Turns any error into the problem that the caller gets. */
import type { FastifySchemaValidationError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  InvalidRequestError,
  NotificationNotFoundError,
  NoWorkerError,
  OnboardingNotFoundError,
  TemporalUnavailableError,
  UpdateRefusedError,
} from '../../client/index.ts';
import { mayBeNamed } from '../../client/schemas/unknown-fields.ts';
import { NotUtf8Error } from '../../client/schemas/utf8.ts';
import type { ProblemCode } from './codes.ts';
import { HttpProblem, type FieldProblem } from './problem.ts';

/** Seconds. */
export const TRY_AGAIN_S = { temporal: 5, worker: 10 } as const;

/** A list of thousands of invalid values must not get an even longer answer. */
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

/** For errors of plugins, which have a status and no code. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'no-such-route',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/**
 * @param fields the part of the request that the fields in an InvalidRequestError belong to
 * @returns the code `unexpected` for an unknown error, which the caller has to log
 */
export function asProblem(error: unknown, fields: 'body' | 'query' = 'body'): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof InvalidRequestError) {
    const errors = error.faults
      .slice(0, MOST_ERRORS)
      .map(({ path, message }) =>
        fields === 'body' ? at(pointerOf(path), message) : inParameter(path, message),
      );
    return new HttpProblem('impossible-value', { errors });
  }
  if (error instanceof OnboardingNotFoundError) return new HttpProblem('onboarding-not-found');
  if (error instanceof NotificationNotFoundError) return new HttpProblem('notification-not-found');
  if (error instanceof UpdateRefusedError)
    return new HttpProblem('not-now', { detail: error.reason });
  if (error instanceof NoWorkerError) {
    return new HttpProblem('no-worker', { retryAfter: TRY_AGAIN_S.worker });
  }
  if (error instanceof TemporalUnavailableError) {
    return new HttpProblem('temporal-unavailable', { retryAfter: TRY_AGAIN_S.temporal });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.flatMap((fault) =>
      error.validationContext === 'body' ? [inBody(fault)] : inParameters(fault),
    );
    return new HttpProblem('invalid-request', { errors: errors.slice(0, MOST_ERRORS) });
  }
  if (error instanceof NotUtf8Error) {
    return new HttpProblem('malformed-body', { detail: `The body ${error.message}.` });
  }
  return new HttpProblem(codeOf(error));
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

function inBody({ instancePath, message = '' }: FastifySchemaValidationError): FieldProblem {
  return at(instancePath === '/' ? '' : instancePath, message);
}

function inParameters({
  instancePath,
  params,
  message = '',
}: FastifySchemaValidationError): readonly FieldProblem[] {
  const { keys } = params;
  if (!Array.isArray(keys)) return [inParameter(instancePath, message)];
  return unknownParameters(keys.map(String), message);
}

/** @param detail describes all of them, as the validation finds them at once */
export function unknownParameters(
  names: readonly string[],
  detail: string,
): readonly FieldProblem[] {
  const named = names.map((name) => (mayBeNamed(name) ? name : ''));
  return [...new Set(named)].map((name) => inParameter(name, detail));
}

function at(pointer: string, detail: string): FieldProblem {
  return { pointer, detail };
}

function inParameter(path: string, detail: string): FieldProblem {
  return { parameter: path.replace(/^\//, ''), detail };
}

/** @param path of the client's schemas, such as `registration.zipcode` */
export function pointerOf(path: string): string {
  return path === '' ? '' : `/${path.replaceAll('.', '/')}`;
}
