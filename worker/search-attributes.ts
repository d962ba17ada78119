/**
 * The search attributes that onboardings are listed by: which of them a namespace lacks, and how they
 * get there. Without them every onboarding is stuck at its first step.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, type ConnectionLike } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
// By its default: Node itself finds no named exports there (jest does).
import proto from '@temporalio/proto';
import { ATTRIBUTES } from '../workflows/contract/index.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

export interface SearchAttribute {
  readonly name: string;
  readonly type: SearchAttributeType;
}

export interface SearchAttributeFaults {
  readonly missing: readonly SearchAttribute[];
  /** There, but with another type than ours: an operator has to remove them first. */
  readonly mistyped: readonly SearchAttribute[];
}

export type Registration =
  | { readonly kind: 'complete'; readonly registered: readonly SearchAttribute[] }
  /** We may not (Temporal Cloud, a server with permissions): see `searchAttributeCommands`. */
  | { readonly kind: 'denied'; readonly missing: readonly SearchAttribute[] }
  | { readonly kind: 'mistyped'; readonly mistyped: readonly SearchAttribute[] };

const OURS: readonly SearchAttribute[] = Object.values(ATTRIBUTES);

/** As the protocol has it, and as Temporal's command line writes it. */
const TYPES = {
  TEXT: { wire: IndexedValueType.INDEXED_VALUE_TYPE_TEXT, written: 'Text' },
  KEYWORD: { wire: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD, written: 'Keyword' },
  INT: { wire: IndexedValueType.INDEXED_VALUE_TYPE_INT, written: 'Int' },
  DOUBLE: { wire: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE, written: 'Double' },
  BOOL: { wire: IndexedValueType.INDEXED_VALUE_TYPE_BOOL, written: 'Bool' },
  DATETIME: { wire: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME, written: 'Datetime' },
  KEYWORD_LIST: { wire: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST, written: 'KeywordList' },
} as const satisfies Record<SearchAttributeType, object>;

const GRPC = { invalid: 3, exists: 6, denied: [7, 12, 16] } as const;

const CALL_WITHIN_MS = 10_000;
/** A server's caches may show what was just added some seconds late. */
const SHOWN_WITHIN_MS = 20_000;
const BETWEEN_LOOKS_MS = 500;

/** @throws what gRPC throws, also where the namespace does not exist */
export async function findSearchAttributeFaults(
  connection: ConnectionLike,
  namespace: string,
): Promise<SearchAttributeFaults> {
  const found = await list(connection, namespace);
  if (found === 'denied') return withoutListing(connection, namespace);
  return {
    missing: OURS.filter(({ name }) => found[name] === undefined),
    mistyped: OURS.filter(
      ({ name, type }) => found[name] !== undefined && found[name] !== TYPES[type].wire,
    ),
  };
}

/**
 * Registers those that are missing, and answers once the server shows them. Safe to be called by many
 * at once, and any number of times.
 *
 * @throws what gRPC throws; Error if the server does not show in 20 s what it took
 */
export async function registerSearchAttributes(
  connection: ConnectionLike,
  namespace: string,
): Promise<Registration> {
  const giveUpAt = Date.now() + SHOWN_WITHIN_MS;
  let registered: readonly SearchAttribute[] = [];
  for (;;) {
    const { missing, mistyped } = await findSearchAttributeFaults(connection, namespace);
    if (mistyped.length > 0) return { kind: 'mistyped', mistyped };
    if (missing.length === 0) return { kind: 'complete', registered };
    if (Date.now() > giveUpAt) throw new Error(unseen(missing));
    if (registered.length > 0) await pause(BETWEEN_LOOKS_MS);
    else registered = missing;
    if (!(await add(connection, namespace, missing))) return { kind: 'denied', missing };
  }
}

/** For a person who may what we may not. */
export function searchAttributeCommands(
  attributes: readonly SearchAttribute[],
  namespace: string,
): readonly string[] {
  return attributes.map(
    ({ name, type }) =>
      `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${TYPES[type].written}`,
  );
}

type Listed = Readonly<Record<string, proto.temporal.api.enums.v1.IndexedValueType>>;

async function list(connection: ConnectionLike, namespace: string): Promise<Listed | 'denied'> {
  try {
    const answer = await soon(connection, () =>
      connection.operatorService.listSearchAttributes({ namespace }),
    );
    return answer.customAttributes;
  } catch (error) {
    if (isOf(error, GRPC.denied)) return 'denied';
    throw error;
  }
}

/** Whoever may not list them may still list workflows by them; the types then stay unknown. */
async function withoutListing(
  connection: ConnectionLike,
  namespace: string,
): Promise<SearchAttributeFaults> {
  const missing: SearchAttribute[] = [];
  for (const attribute of OURS) {
    const query = `${attribute.name} IS NULL`;
    try {
      await soon(connection, () =>
        connection.workflowService.countWorkflowExecutions({ namespace, query }),
      );
    } catch (error) {
      if (!isOf(error, [GRPC.invalid])) throw error;
      missing.push(attribute);
    }
  }
  return { missing, mistyped: [] };
}

/** False where we may not. */
async function add(
  connection: ConnectionLike,
  namespace: string,
  attributes: readonly SearchAttribute[],
): Promise<boolean> {
  const searchAttributes = Object.fromEntries(
    attributes.map(({ name, type }) => [name, TYPES[type].wire]),
  );
  try {
    await soon(connection, () =>
      connection.operatorService.addSearchAttributes({ namespace, searchAttributes }),
    );
  } catch (error) {
    if (isOf(error, GRPC.denied)) return false;
    // Somebody else was quicker with one of them: the next look tells which are left.
    if (!isOf(error, [GRPC.exists])) throw error;
  }
  return true;
}

function soon<T>(connection: ConnectionLike, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_WITHIN_MS, call);
}

function isOf(error: unknown, codes: readonly number[]): boolean {
  return isGrpcServiceError(error) && codes.includes(error.code);
}

function unseen(missing: readonly SearchAttribute[]): string {
  const names = missing.map(({ name }) => name).join(', ');
  return `Temporal took the search attributes ${names}, and does not show them`;
}
