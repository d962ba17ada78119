import type { Drill } from '../drill.ts';
import { backlog } from './backlog.ts';
import { clock } from './clock.ts';
import { disk } from './disk.ts';
import { everything } from './everything.ts';
import { gateway } from './gateway.ts';
import { hostile } from './hostile.ts';
import { image } from './image.ts';
import { network } from './network.ts';
import { parked } from './parked.ts';
import { polling } from './polling.ts';
import { postgresql } from './postgresql.ts';
import { restore } from './restore.ts';
import { pinned, rollout } from './rollout.ts';
import { summerTime, winterTime } from './change-of-time.ts';
import { temporal } from './temporal.ts';
import { upgrade } from './upgrade.ts';
import { worker } from './worker.ts';

/** Longest first, so that drills that run side by side end at about the same time. */
export const DRILLS: readonly Drill[] = [
  backlog,
  everything,
  postgresql,
  restore,
  hostile,
  worker,
  gateway,
  temporal,
  polling,
  clock,
  summerTime,
  winterTime,
  disk,
  network,
  parked,
  rollout,
  pinned,
  upgrade,
  image,
];
