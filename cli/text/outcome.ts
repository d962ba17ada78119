/** How an onboarding ended, in a sentence. */
import type { Ending } from '../../client/index.ts';
import type { Tone } from './colour.ts';
import { plain } from './plain.ts';
import { requirementWords } from './words.ts';

const HOW = {
  found: 'it was attached already',
  attached: 'the holder let us in',
  created: 'it was created from the form',
} as const;

const FAILED = {
  failed: 'the workflow failed, which is a bug: see it in the Temporal UI',
  terminated: 'somebody terminated the run in Temporal',
  'timed-out': 'the run timed out in Temporal',
} as const;

export function outcomeWords(ending: Ending): string {
  switch (ending.kind) {
    case 'ready': {
      const { how, accountId, missing, overrides } = ending;
      const without = missing.length > 0 ? `; not required, and not there: ${list(missing)}` : '';
      const settled = overrides.map((one) => one.requirement);
      const by = settled.length > 0 ? `; settled by an operator: ${list(settled)}` : '';
      return `ready with AR24 account ${plain(accountId)} (${HOW[how]})${without}${by}`;
    }
    case 'refused':
      return `the holder refused access, says ${plain(ending.by)}`;
    case 'expired': {
      const waited = ending.waitingFor.map(requirementWords);
      return `expired while waiting for ${list(waited) || 'AR24'}${leftBehind(ending)}`;
    }
    case 'cancelled': {
      const unsettled = ending.unsettled
        ? '; an account was just being created: AR24 did not tell whether it is there'
        : '';
      const account = ending.accountId ? `; its AR24 account is ${plain(ending.accountId)}` : '';
      const why = `${plain(ending.by)}: ${plain(ending.reason)}`;
      return `cancelled by ${why}${account}${unsettled}${leftBehind(ending)}`;
    }
    case 'failed':
      return FAILED[ending.how];
    case 'unreadable':
      return `ended, and how cannot be read here: ${unreadableWords(ending.keyId)}`;
  }
}

function unreadableWords(keyId: string | null): string {
  return keyId === null ? 'it was altered' : `it was encrypted with the key ${plain(keyId)}`;
}

export function outcomeTone({ kind }: Ending): Tone {
  return kind === 'ready' ? 'good' : 'bad';
}

/** What was begun and goes on without us. */
function leftBehind(ending: Extract<Ending, { readonly accessAsked: boolean }>): string {
  const access = ending.accessAsked ? '; the holder may still accept: a restart then finds it' : '';
  const identity = ending.identityOrdered
    ? '; the paid identity check may be under way: a restart waits for it, and orders no other'
    : '';
  return access + identity;
}

function list(words: readonly string[]): string {
  return words.join(', ');
}
