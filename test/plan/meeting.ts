/** What a happening does to AR24 as one sender sees it, and what the workflow hears of it. */
import { targetOf } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import {
  refusalToCorrectAddress,
  refusalToExtend,
  refusalToOverride,
  refusalToRegister,
  refusalToRemind,
} from '../../workflows/state/refusals.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { registrationForm } from '../support/people.ts';
import type { Ar24Model } from './ar24-model.ts';
import type { Happening, Heard } from './happening.ts';

const EXTENSION_MS = 10 * 86_400_000;

interface Scene {
  readonly ar24: Ar24Model;
  readonly sender: Sender;
  readonly now: number;
  unseenDeletions: number;
}

/** Null where nothing is heard of it: it happened at AR24, or was refused. */
export function meet(scene: Scene, h: Exclude<Happening, { what: 'time' }>): Event | null {
  const { ar24, sender } = scene;
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
      if (ar24.account && !sender.account) scene.unseenDeletions++;
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
    default:
      return heard(scene, h);
  }
}

/** Let through by the validators, as an update is. */
function heard({ ar24, sender: s, now: at }: Scene, h: Heard): Event | null {
  switch (h.what) {
    case 'polled': {
      if (ar24.trouble === 'down' || s.problem) return null;
      const sighting = ar24.read(targetOf(s).by);
      return { kind: 'looked', sighting, startedAt: at, email: s.request.email, at };
    }
    case 'signal':
      return h.kind === 'check' ? { kind: 'check', at } : { kind: h.kind, message: h.message, at };
    case 'register':
      if (refusalToRegister(s) !== null) return null;
      return { kind: 'registered', form: registrationForm(), at };
    case 'remind':
      return refusalToRemind(s, at) === null ? { kind: 'remind', at } : null;
    case 'extend': {
      const until = at + EXTENSION_MS;
      return refusalToExtend(s, until, at) === null ? { kind: 'extended', until, at } : null;
    }
    case 'cancel':
      return { kind: 'cancelled', by: 'somebody', reason: 'because', at };
    case 'correct-address': {
      if (refusalToCorrectAddress(s) !== null) return null;
      const address = { email: h.email, emailHash: 'hash', emailVerified: false };
      return { kind: 'address-corrected', address, at };
    }
    case 'override': {
      const { requirement } = h;
      if (refusalToOverride(s, requirement) !== null) return null;
      return { kind: 'overridden', requirement, by: 'op', reason: 'r', at };
    }
  }
}
