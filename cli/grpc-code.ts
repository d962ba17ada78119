/** gRPC's names of its status codes, by number. */
const NAMES = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND'],
  ...['ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION'],
  ...['ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS'],
  'UNAUTHENTICATED',
];

/**
 * What a server answered, where that is why something failed. Its words are left out: they may repeat
 * what was sent, and so hold what people tell about themselves.
 */
export function grpcCodeIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const isAnswer = 'code' in error && 'details' in error && 'metadata' in error;
  if (isAnswer && typeof error.code === 'number') return NAMES[error.code];
  return grpcCodeIn(error.cause);
}
