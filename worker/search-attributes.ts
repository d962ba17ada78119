/**
 * Finds the search attributes that a namespace lacks, and registers them. Without them every onboarding is stuck
 * at its first step.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionLike } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
// By its default: Node itself finds no named exports there (jest does).
import proto from '@temporalio/proto';
import { grpcAnswerIn, grpcCodeOf } from '../client/grpc.ts';
import { ATTRIBUTES } from '../workflows/contract/index.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

export interface SearchAttribute {
  readonly name: string;
  readonly type: SearchAttributeType;
}

export interface SearchAttributeFaults {
  readonly missing: readonly SearchAttribute[];
  /** Registered with another type than ours: an operator has to remove them first. */
  readonly mistyped: readonly SearchAttribute[];
  /** Types whose columns are all in use, if the server has Temporal's default limits. */
  readonly full: readonly FullType[];
}

/** An SQL database has a fixed number of columns for each type in a namespace. */
export interface FullType {
  /** As Temporal's command line writes it. */
  readonly type: string;
  readonly most: number;
  /** The attributes that use the columns. */
  readonly inUse: readonly string[];
  /** Our attributes without a column. */
  readonly wanted: readonly string[];
}

export type Registration =
  | { readonly kind: 'complete'; readonly registered: readonly SearchAttribute[] }
  /** We have no permission (Temporal Cloud, a server with permissions): see `searchAttributeCommands`. */
  | { readonly kind: 'denied'; readonly missing: readonly SearchAttribute[] }
  | { readonly kind: 'mistyped'; readonly mistyped: readonly SearchAttribute[] }
  | { readonly kind: 'full'; readonly full: readonly FullType[] };

const OURS: readonly SearchAttribute[] = Object.values(ATTRIBUTES);

/** The type's value in the protocol, and its name on Temporal's command line. */
const TYPES = {
  TEXT: { wire: IndexedValueType.INDEXED_VALUE_TYPE_TEXT, written: 'Text' },
  KEYWORD: { wire: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD, written: 'Keyword' },
  INT: { wire: IndexedValueType.INDEXED_VALUE_TYPE_INT, written: 'Int' },
  DOUBLE: { wire: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE, written: 'Double' },
  BOOL: { wire: IndexedValueType.INDEXED_VALUE_TYPE_BOOL, written: 'Bool' },
  DATETIME: { wire: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME, written: 'Datetime' },
  KEYWORD_LIST: { wire: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST, written: 'KeywordList' },
} as const satisfies Record<SearchAttributeType, object>;

/** Columns of each type, unless the server is configured for more. */
const PLACES_BY_DEFAULT = { KEYWORD: 10, others: 3 } as const;
const NO_PLACE = /cannot have more than (?<most>\d+) search attributes? of type (?<type>\w+)/;

const DENIED: readonly unknown[] = ['PERMISSION_DENIED', 'UNIMPLEMENTED', 'UNAUTHENTICATED'];

const CALL_WITHIN_MS = 10_000;
/** A server may show a new attribute some seconds late, because of its caches. */
const SHOWN_WITHIN_MS = 20_000;
const BETWEEN_LOOKS_MS = 500;

/** @throws gRPC's error, also if the namespace does not exist */
export async function findSearchAttributeFaults(
  connection: ConnectionLike,
  namespace: string,
): Promise<SearchAttributeFaults> {
  const found = await list(connection, namespace);
  if (found === 'denied') return withoutListing(connection, namespace);
  const { customAttributes, isOnSql } = found;
  const missing = OURS.filter(({ name }) => customAttributes[name] === undefined);
  const mistyped = OURS.filter(({ name, type }) => {
    const there = customAttributes[name];
    return there !== undefined && there !== TYPES[type].wire;
  });
  const types = new Set(isOnSql ? missing.map(({ type }) => type) : []);
  const full = [...types]
    .map((type) => placesOf(type, defaultPlaces(type), missing, customAttributes))
    .filter(({ most, inUse, wanted }) => inUse.length + wanted.length > most);
  return { missing, mistyped, full };
}

/**
 * Registers the missing ones, and resolves once the server shows them. Several processes may call it at the
 * same time, any number of times.
 *
 * @throws gRPC's error; Error if the server does not show them within 20 s
 */
export async function registerSearchAttributes(
  connection: ConnectionLike,
  namespace: string,
): Promise<Registration> {
  const giveUpAt = performance.now() + SHOWN_WITHIN_MS;
  let registered: readonly SearchAttribute[] = [];
  for (;;) {
    const { missing, mistyped } = await findSearchAttributeFaults(connection, namespace);
    if (mistyped.length > 0) return { kind: 'mistyped', mistyped };
    if (missing.length === 0) return { kind: 'complete', registered };
    if (performance.now() > giveUpAt) throw new Error(unseen(missing));
    if (registered.length > 0) await pause(BETWEEN_LOOKS_MS);
    else registered = missing;
    const added = await add(connection, namespace, missing);
    if (added === 'denied') return { kind: 'denied', missing };
    if (added !== 'added') {
      const full = await fullTypeIn(connection, namespace, missing, added);
      return { kind: 'full', full: [full] };
    }
  }
}

/** Adds the attributes in use to Temporal's message that a type is full. */
async function fullTypeIn(
  connection: ConnectionLike,
  namespace: string,
  missing: readonly SearchAttribute[],
  { type: written, most }: NoPlace,
): Promise<FullType> {
  const found = await list(connection, namespace);
  const attributes = found === 'denied' ? {} : found.customAttributes;
  const type = OURS.find((one) => TYPES[one.type].written === written)?.type;
  if (type !== undefined) return placesOf(type, most, missing, attributes);
  return { type: written, most, inUse: [], wanted: missing.map(({ name }) => name) };
}

function defaultPlaces(type: SearchAttributeType): number {
  return type === 'KEYWORD' ? PLACES_BY_DEFAULT.KEYWORD : PLACES_BY_DEFAULT.others;
}

function placesOf(
  type: SearchAttributeType,
  most: number,
  missing: readonly SearchAttribute[],
  attributes: Listed['customAttributes'],
): FullType {
  const { wire, written } = TYPES[type];
  return {
    type: written,
    most,
    inUse: Object.keys(attributes)
      .filter((name) => attributes[name] === wire)
      .toSorted(),
    wanted: missing.filter((one) => one.type === type).map(({ name }) => name),
  };
}

/** Commands for a person who has the permission. */
export function searchAttributeCommands(
  attributes: readonly SearchAttribute[],
  namespace: string,
): readonly string[] {
  return attributes.map(
    ({ name, type }) =>
      `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${TYPES[type].written}`,
  );
}

interface Listed {
  readonly customAttributes: Readonly<Record<string, proto.temporal.api.enums.v1.IndexedValueType>>;
  /** Other stores, such as Elasticsearch, show their schema, and have no such limits. */
  readonly isOnSql: boolean;
}

interface NoPlace {
  readonly type: string;
  readonly most: number;
}

async function list(connection: ConnectionLike, namespace: string): Promise<Listed | 'denied'> {
  try {
    const answer = await soon(connection, () =>
      connection.operatorService.listSearchAttributes({ namespace }),
    );
    const { customAttributes, storageSchema } = answer;
    return { customAttributes, isOnSql: Object.keys(storageSchema).length === 0 };
  } catch (error) {
    if (DENIED.includes(grpcCodeOf(error))) return 'denied';
    throw error;
  }
}

/** Without permission to list attributes, a query by each shows whether it exists. Its type stays unknown. */
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
      if (grpcCodeOf(error) !== 'INVALID_ARGUMENT') throw error;
      missing.push(attribute);
    }
  }
  return { missing, mistyped: [], full: [] };
}

async function add(
  connection: ConnectionLike,
  namespace: string,
  attributes: readonly SearchAttribute[],
): Promise<'added' | 'denied' | NoPlace> {
  const searchAttributes = Object.fromEntries(
    attributes.map(({ name, type }) => [name, TYPES[type].wire]),
  );
  try {
    await soon(connection, () =>
      connection.operatorService.addSearchAttributes({ namespace, searchAttributes }),
    );
  } catch (error) {
    if (DENIED.includes(grpcCodeOf(error))) return 'denied';
    const noPlace = noPlaceIn(error);
    if (noPlace) return noPlace;
    // Another process has just registered one of them. The next listing shows the rest.
    if (grpcCodeOf(error) !== 'ALREADY_EXISTS') throw error;
  }
  return 'added';
}

function noPlaceIn(error: unknown): NoPlace | undefined {
  const found = NO_PLACE.exec(grpcAnswerIn(error)?.details ?? '')?.groups;
  return found && { type: found['type'] ?? '', most: Number(found['most']) };
}

function soon<T>(connection: ConnectionLike, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_WITHIN_MS, call);
}

function unseen(missing: readonly SearchAttribute[]): string {
  const names = missing.map(({ name }) => name).join(', ');
  return `Temporal took the search attributes ${names}, and does not show them`;
}
