/**
 * The activities: one function a step, made from what they depend on. Each looks at AR24 before it
 * repeats a write, so that Temporal may retry it at any moment.
 */
import type { Ar24Client } from '../ar24/index.ts';
import type {
  AskAccountInput,
  AwaitChangeInput,
  CreateAccountInput,
  LookInput,
  RequestAccessInput,
} from '../workflows/contract/index.ts';
import { orderIdentity, requestAccess, requestPayment, requestTerms } from './ask.ts';
import { awaitChange } from './await-change.ts';
import { createAccount } from './create-account.ts';
import { createGate } from './gate.ts';
import { look } from './look.ts';
import type { ActivitySettings } from './settings.ts';

export interface Ar24ActivityOptions {
  readonly ar24: Ar24Client;
  readonly settings: ActivitySettings;
  /** Most calls to AR24 a second from this process, beside the server's own limit. */
  readonly maxCallsPerSecond: number;
}

export function createAr24Activities({ ar24, settings, maxCallsPerSecond }: Ar24ActivityOptions) {
  const deps = { ar24, gate: createGate(maxCallsPerSecond) };
  return {
    look: (input: LookInput) => look(deps, settings, input),
    requestAccess: (input: RequestAccessInput) => requestAccess(deps, settings, input),
    createAccount: (input: CreateAccountInput) => createAccount(deps, settings, input),
    requestTerms: (input: AskAccountInput) => requestTerms(deps, settings, input),
    requestPayment: (input: AskAccountInput) => requestPayment(deps, settings, input),
    orderIdentity: (input: AskAccountInput) => orderIdentity(deps, settings, input),
    awaitChange: (input: AwaitChangeInput) => awaitChange(deps, settings, input),
  };
}

export type Ar24Activities = ReturnType<typeof createAr24Activities>;
export type { ActivitySettings } from './settings.ts';
