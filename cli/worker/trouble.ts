/** What keeps us from using Temporal: something that passes, or something that a person has to mend. */
import { CommandError } from '../failure.ts';
import type { TemporalServer } from './place.ts';

export type Trouble =
  | { readonly kind: 'passing'; readonly why: string }
  | { readonly kind: 'lasting'; readonly error: unknown };

/** gRPC's: no answer in time, too many calls, not there. */
const PASSING = [4, 8, 14];
const NOT_FOUND = 5;
const REFUSED = [7, 16];

/** What its native part finds out itself the SDK tells in words only. */
const PASSING_IN_WORDS = /code: (Unavailable|DeadlineExceeded|ResourceExhausted)/;
/** For its first call the SDK tells gRPC's code only in these words. */
const REFUSED_IN_WORDS = /authentication credentials|not have permission/i;

export function asTrouble(error: unknown, { connection, namespace }: TemporalServer): Trouble {
  if (error instanceof CommandError || !(error instanceof Error)) return lasting(error);
  const at = `Temporal at ${connection.address}`;
  if (error.name === 'TransportError') {
    const why = innermost(error.message);
    if (!REFUSED_IN_WORDS.test(error.message)) return { kind: 'passing', why };
    return lasting(new CommandError(refusal(at, why)));
  }
  if (PASSING_IN_WORDS.test(error.message)) {
    return { kind: 'passing', why: innermost(error.message) };
  }
  const code = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  if (code === undefined)
    return lasting(new CommandError(`${at} makes no sense: ${error.message}`));
  if (PASSING.includes(code)) return { kind: 'passing', why: error.message };
  if (REFUSED.includes(code)) return lasting(new CommandError(refusal(at, error.message)));
  if (code === NOT_FOUND) return lasting(new CommandError(missing(at, namespace)));
  return lasting(error);
}

function lasting(error: unknown): Trouble {
  return { kind: 'lasting', error };
}

function refusal(at: string, why: string): string {
  return `${at} refuses us (${why}): see TEMPORAL_API_KEY, TEMPORAL_NAMESPACE and TEMPORAL_TLS_*`;
}

function missing(at: string, namespace: string): string {
  return (
    `${at} has no namespace ${namespace}: set TEMPORAL_NAMESPACE, or make it with\n` +
    `  temporal operator namespace create --namespace ${namespace} --retention 30d`
  );
}

/** The native part's errors nest, and their innermost words tell most. */
function innermost(message: string): string {
  if (message.includes('InvalidMessage')) return 'it does not speak TLS';
  const [, said, failed] = /message: "([^"]+)"|error: "([^"]+)"/.exec(message) ?? [];
  return said ?? failed ?? message;
}
