/** How an onboarding ended, in a sentence. */
import type { Ending } from '../../client/index.ts';
import { type Tone, plain } from './style.ts';
import { requirementWords } from './words.ts';

const HOW = {
  found: 'it was attached already',
  attached: 'the holder granted access',
  created: 'it was created from the form',
} as const;

const FAILED = {
  failed: 'the workflow failed, which is a bug: see it in the Temporal UI',
  terminated: 'the run was terminated in Temporal',
  'timed-out': 'the run timed out in Temporal',
} as const;

export function outcomeWords(ending: Ending): string {
  switch (ending.kind) {
    case 'ready': {
      const { how, accountId, missing, overrides } = ending;
      const without = missing.length > 0 ? `; not required, and missing: ${list(missing)}` : '';
      const overridden = overrides.map((one) => one.requirement);
      const by = overridden.length > 0 ? `; overridden by an operator: ${list(overridden)}` : '';
      return `ready with AR24 account ${plain(accountId)} (${HOW[how]})${without}${by}`;
    }
    case 'refused':
      return `the holder refused access, says ${plain(ending.by)}`;
    case 'expired': {
      const waited = ending.waitingFor.map(requirementWords);
      return `expired while waiting for ${list(waited) || 'AR24'}${carryOver(ending)}`;
    }
    case 'cancelled': {
      const unconfirmed = ending.unconfirmed
        ? '; the answer to the creation of an account was lost: AR24 may have created it'
        : '';
      const account = ending.accountId ? `; its AR24 account is ${plain(ending.accountId)}` : '';
      const why = `${plain(ending.by)}: ${plain(ending.reason)}`;
      return `cancelled by ${why}${account}${unconfirmed}${carryOver(ending)}`;
    }
    case 'failed':
      return FAILED[ending.how];
    case 'unreadable':
      return `ended, and its outcome cannot be read here: ${unreadableWords(ending.keyId)}`;
  }
}

function unreadableWords(keyId: string | null): string {
  return keyId === null ? 'it was altered' : `it was encrypted with the key ${plain(keyId)}`;
}

export function outcomeTone({ kind }: Ending): Tone {
  return kind === 'ready' ? 'good' : 'bad';
}

/** Requests that outlive the onboarding. */
function carryOver(ending: Extract<Ending, { readonly accessRequested: boolean }>): string {
  const access = ending.accessRequested
    ? '; the holder may still accept: a restart then finds it'
    : '';
  const identity = ending.identityOrdered
    ? '; the paid identity check may be in progress: a restart waits for it, and orders no second one'
    : '';
  return access + identity;
}

function list(words: readonly string[]): string {
  return words.join(', ');
}
