/** Why a call to Temporal failed, in words that hold no secret. */
import { isGrpcServiceError } from '@temporalio/client';

const MOST_CHARACTERS = 200;

/** gRPC's names, for those that need no explanation here. */
const PLAIN: Readonly<Record<number, string>> = {
  4: 'no answer in time',
  7: 'it does not permit this to our credentials',
  16: 'it refused our credentials',
};

export function whyOf(error: unknown): string {
  if (isGrpcServiceError(error)) return PLAIN[error.code] ?? firstLine(error.details);
  if (!(error instanceof Error)) return 'unknown';
  // Messages of other errors may quote what they choked on, an API key for one.
  return error.cause === undefined ? error.name : whyOf(error.cause);
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  return line.slice(0, MOST_CHARACTERS);
}
