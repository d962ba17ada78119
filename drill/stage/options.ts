import type { DrillSettings } from '../drill.ts';

/** The options of a stage. */
export interface StageOptions extends DrillSettings {
  /** Whether AR24 sends webhooks after people act. */
  readonly webhooks: 'on' | 'off';
  /** The schedule of polls: hours in production, seconds here. */
  readonly poll: { readonly firstS: number; readonly maxS: number };
  /** AR24's rate limit. Default: more than a drill needs. */
  readonly callsPerSecond?: number;
  /** The time limit of a call to AR24 (ms). Default: 10 s. */
  readonly ar24TimeoutMs?: number;
  /** The number of workflows that a worker keeps in memory. */
  readonly maxCachedWorkflows?: number;
  /** Node's options for a process; used to shift its clock. */
  readonly nodeOptions?: {
    readonly worker?: readonly string[];
    readonly simulator?: readonly string[];
  };
  /** The partner's receiver of notifications. */
  readonly notifyUrl?: string;
  /** More variables of a process, beside those of every drill. */
  readonly environment?: {
    readonly worker?: Readonly<Record<string, string>>;
    readonly gateway?: Readonly<Record<string, string>>;
  };
  /** The folder of Temporal's database. Default: the stage's folder. */
  readonly temporalFolder?: string;
  /** Another Temporal than a development server. The drill that starts it also stops it. */
  readonly temporal?: TemporalAt;
  /** Returns the address at which the worker reaches Temporal. Default: Temporal's own address. */
  readonly workerReachesTemporalAt?: (address: string) => Promise<string>;
  /** Returns the address at which the worker reaches the simulator. Default: the simulator's own address. */
  readonly workerReachesAr24At?: (url: string) => Promise<string>;
}

export interface TemporalAt {
  readonly address: string;
  readonly namespace: string;
}
