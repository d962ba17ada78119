import type { ConnectionLike } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';

const { IndexedValueType } = temporal.api.enums.v1;

const TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/** Registers ours with a server that starts empty. */
export async function addSearchAttributes(
  connection: Pick<ConnectionLike, 'operatorService'> & ConnectionLike,
  namespace: string,
): Promise<void> {
  const searchAttributes = Object.fromEntries(
    Object.values(ATTRIBUTES).map(({ name, type }) => [name, TYPES[type]]),
  );
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
