/** In what a request differs from the one by which an open onboarding was started. */
import { z } from 'zod';
import {
  MEMO_FINGERPRINT,
  MEMO_PARTS,
  type OnboardingRequest,
} from '../workflows/contract/index.ts';
import type { Memo } from './memo.ts';
import { requestFingerprint, requestParts, versionOf, type HashKey } from './hash-key.ts';

const partsSchema = z.record(z.string(), z.string());

/**
 * @param hashKeys the one in use, then those before
 * @returns `none`, or the names of what differs: empty where that cannot be told
 */
export function differences(
  { values }: Memo,
  hashKeys: readonly HashKey[],
  request: OnboardingRequest,
): readonly string[] | 'none' {
  const fingerprint = values[MEMO_FINGERPRINT];
  if (typeof fingerprint !== 'string') return [];
  const key = hashKeys.find(({ version }) => version === versionOf(fingerprint));
  if (key === undefined) return [];
  if (requestFingerprint(request, key) === fingerprint) return 'none';
  const { data: before } = partsSchema.safeParse(values[MEMO_PARTS]);
  if (before === undefined) return [];
  const now = requestParts(request, key);
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}
