import { defineSearchAttributeKey } from '@temporalio/common';
import { sleep, upsertSearchAttributes } from '@temporalio/workflow';

const napLength = defineSearchAttributeKey('NapLength', 'KEYWORD');

/** Sleeps and answers for how many milliseconds. */
export async function nap(lengthMs: number): Promise<number> {
  upsertSearchAttributes([{ key: napLength, value: String(lengthMs) }]);
  const start = Date.now();
  await sleep(lengthMs);
  return Date.now() - start;
}
