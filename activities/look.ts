import { isDeepStrictEqual } from 'node:util';
import type { LookInput, Sighting, Target } from '../workflows/contract/index.ts';
import { isAr24Error } from '../ar24/index.ts';
import { accountOf } from './account.ts';
import { attempted, type Attempt, type Deps } from './attempt.ts';
import type { ActivitySettings } from './settings.ts';

/** Reads AR24: the account, or which of its two ways to show none (docs/ar24-api.md 4.1). */
export async function sightingOf(
  attempt: Attempt,
  target: Target,
  settings: ActivitySettings,
): Promise<Sighting> {
  const key = target.by === 'id' ? { id: target.id } : { email: target.email };
  try {
    const user = await attempt.call((ar24, options) => ar24.readUser(key, options));
    return { kind: 'attached', account: accountOf(user, settings) };
  } catch (error) {
    const refused = isAr24Error(error) && error.kind === 'refused';
    if (refused && error.slug === 'user_not_exist') return { kind: 'absent' };
    if (refused && error.slug === 'user_unavailable') return { kind: 'unavailable' };
    throw error;
  }
}

/** Whether AR24 showed the same. Workers with other settings may have read it. */
export function sameSighting(a: Sighting, b: Sighting | null | undefined): boolean {
  return isDeepStrictEqual(withoutSettings(a), b && withoutSettings(b));
}

function withoutSettings(sighting: Sighting): unknown {
  if (sighting.kind !== 'attached') return sighting;
  const { termsByClaim: _setting, ...account } = sighting.account;
  return account;
}

/** Reads once, and tells what AR24 shows. */
export function look(
  deps: Deps,
  settings: ActivitySettings,
  { target, patienceMs, withinMs }: LookInput,
): Promise<Sighting> {
  return attempted(deps, patienceMs, (attempt) => sightingOf(attempt, target, settings), withinMs);
}
