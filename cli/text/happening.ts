/** What happened, as a line of the timeline says it. */
import type { Happening } from '../../client/index.ts';
import type { Tone } from './colour.ts';
import { plain } from './plain.ts';
import { callWords, problemWords, statusWords, wordIn } from './words.ts';

export interface Told {
  readonly text: string;
  readonly tone: Tone;
}

export function tellHappening(what: Happening): Told {
  switch (what.kind) {
    case 'started':
      return { text: 'sign-up taken', tone: 'plain' };
    case 'status':
      return statusChange(what.status, what.waitingFor);
    case 'problem':
      return what.problem === null
        ? { text: 'AR24 can be used again', tone: 'good' }
        : { text: `problem: ${problemWords(plain(what.problem))}`, tone: 'bad' };
    case 'call':
      return { text: callResult(what.call, what.result), tone: 'plain' };
    case 'message':
      return { text: messageWords(what.name, what.by, what.about), tone: 'plain' };
    case 'failed':
      return { text: `the run in Temporal ended: ${what.how}`, tone: 'bad' };
  }
}

function statusChange(status: string, waitingFor: readonly string[]): Told {
  const text = plain(statusWords(status, waitingFor));
  if (status === 'ready') return { text, tone: 'good' };
  if (['refused', 'expired', 'cancelled'].includes(status)) return { text, tone: 'bad' };
  return { text, tone: 'todo' };
}

const RESULTS: Readonly<Record<string, string>> = {
  'requestAccess taken': 'AR24 mails the holder, who may let us in',
  'requestAccess refused': 'AR24 has no account to ask for access',
  'requestAccess unneeded': 'access is there already: nobody is asked',
  'createAccount created': 'AR24 created the account',
  'createAccount exists': 'AR24 has an account for this address: nothing is created',
  'createAccount not-created': 'AR24 did not create the account, without a reason',
  'createAccount field-refused': 'AR24 refused the form',
  'requestTerms taken': 'AR24 mails its terms',
  'requestPayment taken': 'AR24 asks for a way to pay',
  'orderIdentity taken': 'AR24 is to verify the identity',
};

const COMMON_RESULTS: Readonly<Record<string, string>> = {
  refused: 'AR24 refused it',
  unanswered: 'the answer was lost',
  unneeded: 'not needed any more',
};

function callResult(call: string, result: string | null): string {
  if (result === null) return `${callWords(call)}: no success`;
  const told = wordIn(RESULTS, `${call} ${result}`);
  return told ?? `${callWords(call)}: ${wordIn(COMMON_RESULTS, result) ?? plain(result)}`;
}

const CLAIMS: Readonly<Record<string, string>> = {
  attachment: 'access accepted',
  email: 'e-mail address confirmed',
  terms: 'terms accepted',
};

function messageWords(name: string, by: string | null, about: string | null): string {
  const who = plain(by ?? 'somebody');
  const what = plain(about ?? 'something');
  switch (name) {
    case 'accepted':
      return `${wordIn(CLAIMS, what) ?? 'something accepted'}, says ${who}`;
    case 'refused':
      return `access refused, says ${who}`;
    case 'check':
      return 'AR24 is to be looked at again';
    case 'register':
      return 'registration form handed in';
    case 'correctAddress':
      return 'e-mail address corrected';
    case 'remind':
      return 'a reminder is to be sent now';
    case 'extend':
      return `deadline moved to ${what}`;
    case 'cancel':
      return `cancelled by ${who}`;
    case 'override':
      return `${what} settled on the word of ${who}`;
    default:
      return `message ${plain(name)}`;
  }
}
