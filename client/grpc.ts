/** What a gRPC server answered, where that is why a call failed. */
import { isGrpcServiceError } from '@temporalio/client';

/** gRPC's status codes, each at its number. */
const CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

export interface GrpcAnswer {
  readonly code: (typeof CODES)[number] | undefined;
  /** May repeat what was sent, personal data included: do not print it. */
  readonly details: string;
}

/** Also where the SDK has wrapped gRPC's error in one of its own. */
export function grpcAnswerIn(error: unknown): GrpcAnswer | undefined {
  if (isGrpcServiceError(error)) return { code: CODES[error.code], details: error.details };
  return error instanceof Error ? grpcAnswerIn(error.cause) : undefined;
}

export function grpcCodeOf(error: unknown): GrpcAnswer['code'] {
  return grpcAnswerIn(error)?.code;
}
