import { userInfo } from 'node:os';

/** In whose name commands speak unless `--by` says: who is logged in here. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // No entry for this user, as in some containers.
    return 'operator';
  }
}
