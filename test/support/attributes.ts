import type { ConnectionLike } from '@temporalio/client';
// Its default export, since Node finds no named exports there (jest does).
import proto from '@temporalio/proto';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

const TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/**
 * Registers our search attributes with a new server. Unlike the worker it does not read them first:
 * the test server can neither list attributes nor count workflows.
 */
export async function addSearchAttributes(
  connection: ConnectionLike,
  namespace: string,
): Promise<void> {
  const searchAttributes = Object.fromEntries(
    Object.values(ATTRIBUTES).map(({ name, type }) => [name, TYPES[type]]),
  );
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
