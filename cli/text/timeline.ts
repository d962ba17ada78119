/** The timeline of an onboarding, a line for each event. */
import type { TimelineEntry, TimelineEvent } from '../../client/index.ts';
import { paint, plain, type Tone } from './style.ts';
import { toTheSecond } from './time.ts';
import { callWords, problemWords, statusWords, wordIn } from './words.ts';

/** Equal events in a row, such as a flood of hints, are one line. */
export function timelineLines(entries: readonly TimelineEntry[]): readonly string[] {
  const lines: { readonly at: string; readonly event: EventText; times: number }[] = [];
  for (const { at, what } of entries) {
    const event = eventText(what);
    const last = lines.at(-1);
    if (last?.event.text === event.text) last.times++;
    else lines.push({ at, event, times: 1 });
  }
  return lines.map(({ at, event: { text, tone }, times }) => {
    const often = times > 1 ? ` (${times} times)` : '';
    return `${paint('quiet', toTheSecond(at))}  ${paint(tone, plain(text) + often)}`;
  });
}

interface EventText {
  readonly text: string;
  readonly tone: Tone;
}

export function eventText(what: TimelineEvent): EventText {
  switch (what.kind) {
    case 'started':
      return { text: 'sign-up accepted', tone: 'plain' };
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

function statusChange(status: string, waitingFor: readonly string[]): EventText {
  const text = plain(statusWords(status, waitingFor));
  if (status === 'ready') return { text, tone: 'good' };
  if (['refused', 'expired', 'cancelled'].includes(status)) return { text, tone: 'bad' };
  return { text, tone: 'todo' };
}

const RESULTS: Readonly<Record<string, string>> = {
  'requestAccess sent': 'AR24 mails the access request to the holder',
  'requestAccess refused': 'AR24 has no account to request access to',
  'requestAccess not-needed': 'access exists already: no request is sent',
  'createAccount created': 'AR24 created the account',
  'createAccount exists': 'AR24 has an account for this address: nothing is created',
  'createAccount not-created': 'AR24 did not create the account, without a reason',
  'createAccount field-refused': 'AR24 refused the form',
  'requestTerms sent': 'AR24 mails its terms',
  'requestPayment sent': 'AR24 mails the request for a way to pay',
  'orderIdentity sent': 'AR24 is to verify the identity',
};

const COMMON_RESULTS: Readonly<Record<string, string>> = {
  refused: 'AR24 refused it',
  unconfirmed: 'the answer was lost',
  'not-needed': 'not needed any more',
};

function callResult(call: string, result: string | null): string {
  if (result === null) return `${callWords(call)}: no success`;
  const text = wordIn(RESULTS, `${call} ${result}`);
  return text ?? `${callWords(call)}: ${wordIn(COMMON_RESULTS, result) ?? plain(result)}`;
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
      return 'AR24 is to be read again';
    case 'register':
      return 'registration form submitted';
    case 'correctAddress':
      return 'e-mail address corrected';
    case 'addressReported':
      return `the sign-up's e-mail address, says ${who}`;
    case 'remind':
      return 'a reminder is to be sent now';
    case 'extend':
      return `deadline moved to ${what}`;
    case 'cancel':
      return `cancelled by ${who}`;
    case 'override':
      return `${what} overridden by ${who}`;
    default:
      return `message ${plain(name)}`;
  }
}
