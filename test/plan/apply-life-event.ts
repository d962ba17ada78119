/**
 * The effect of a life event on AR24 as one sender sees it, and the event that the workflow gets.
 */
import { targetOf } from '../../workflows/plan/account-steps.ts';
import type { Event } from '../../workflows/state/events.ts';
import {
  rejectCorrectAddress,
  rejectExtend,
  rejectOverride,
  rejectRegister,
  rejectRemind,
} from '../../workflows/state/rejections.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { registrationForm } from '../support/people.ts';
import type { Ar24Model } from './ar24-model.ts';
import type { LifeEvent, Observed } from './life-event.ts';

const EXTENSION_MS = 10 * 86_400_000;

interface Situation {
  readonly ar24: Ar24Model;
  readonly sender: Sender;
  readonly now: number;
  unseenDeletions: number;
}

/** Null if the workflow gets no event: it happened at AR24, or was refused. */
export function applyLifeEvent(
  situation: Situation,
  h: Exclude<LifeEvent, { what: 'time' }>,
): Event | null {
  const { ar24, sender } = situation;
  switch (h.what) {
    case 'trouble':
      ar24.trouble = h.trouble;
      return null;
    case 'form-trouble':
      ar24.refusesForm = h.refuses;
      return null;
    case 'opens-account':
      ar24.openAccount();
      return null;
    case 'accepts-access':
      ar24.account?.attach('ours');
      return null;
    case 'loses-access':
      ar24.account?.attach('not ours');
      return null;
    case 'deletes-account':
      if (ar24.account && !sender.access.held) situation.unseenDeletions++;
      ar24.account = null;
      return null;
    case 'confirms-email':
      ar24.account?.settle('email');
      return null;
    case 'accepts-terms':
      ar24.account?.settle('terms');
      return null;
    case 'pays':
      ar24.account?.settle('payment');
      return null;
    case 'proves-identity':
      ar24.account?.settle('identity');
      return null;
    case 'renews-terms':
      ar24.account?.undo('terms');
      return null;
    case 'loses-payment':
      ar24.account?.undo('payment');
      return null;
    case 'loses-identity':
      ar24.account?.undo('identity');
      return null;
    default:
      return observedEvent(situation, h);
  }
}

/** Checked by the validators, as an update is. */
function observedEvent({ ar24, sender: s, now: at }: Situation, h: Observed): Event | null {
  switch (h.what) {
    case 'polled': {
      if (ar24.trouble === 'down' || s.problem) return null;
      const snapshot = ar24.read(targetOf(s).by);
      return { kind: 'account-read', snapshot, startedAt: at, email: s.request.email, at };
    }
    case 'signal':
      return h.kind === 'check' ? { kind: 'check', at } : { kind: h.kind, message: h.message, at };
    case 'register':
      if (rejectRegister(s) !== null) return null;
      return { kind: 'registered', form: registrationForm(), at };
    case 'remind':
      return rejectRemind(s, at) === null ? { kind: 'remind', at } : null;
    case 'extend': {
      const until = at + EXTENSION_MS;
      return rejectExtend(s, until, at) === null ? { kind: 'extended', until, at } : null;
    }
    case 'cancel':
      return { kind: 'cancelled', by: 'somebody', reason: 'because', at };
    case 'correct-address': {
      const address = {
        email: h.email,
        emailHashes: [`1.${h.email}`],
        emailVerified: false,
        by: 'ops',
      };
      if (rejectCorrectAddress(s, address) !== null) return null;
      return { kind: 'address-corrected', address, at };
    }
    case 'override': {
      const { requirement } = h;
      if (rejectOverride(s, requirement) !== null) return null;
      return { kind: 'overridden', requirement, by: 'op', reason: 'r', at };
    }
  }
}
