import type { DrillSettings } from '../drill.ts';

/** What a stage is like. */
export interface StageOptions extends DrillSettings {
  /** Whether AR24 calls us when somebody has acted. */
  readonly webhooks: 'on' | 'off';
  /** The poll's schedule: hours in use, seconds here. */
  readonly poll: { readonly firstS: number; readonly maxS: number };
  /** How long a call to AR24 may take (ms). Default: 10 s. */
  readonly ar24TimeoutMs?: number;
  /** Onboardings that a worker keeps in memory. */
  readonly maxCachedWorkflows?: number;
  /** Node's own options for a process, which shift its clock. */
  readonly nodeOptions?: {
    readonly worker?: readonly string[];
    readonly simulator?: readonly string[];
  };
  /** Where Temporal's database lies. Default: in the stage's own folder. */
  readonly temporalFolder?: string;
  /** Another Temporal than a development server; whoever gives it also ends it. */
  readonly temporal?: TemporalAt;
  /** How the worker reaches Temporal, where not straight. */
  readonly workerReachesTemporalAt?: (address: string) => Promise<string>;
}

export interface TemporalAt {
  readonly address: string;
  readonly namespace: string;
}
