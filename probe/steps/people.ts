/** The steps in which the operator clicks in a mail of AR24's: what changes, how soon, and which webhook comes. */
import { setTimeout as pause } from 'node:timers/promises';
import { isJson, type Answer, type Json } from '../answer.ts';
import type { Role } from '../addresses.ts';
import type { Change, Findings, Webhook, WebhookEvent } from '../findings.ts';
import { ifLost, outcomeOf, SkipStep, type Session } from '../session.ts';
import type { Step } from '../step.ts';
import { changedFields, flag } from '../user-fields.ts';
import type { Known } from '../webhooks.ts';
import { customRefOf } from './accounts.ts';
import { isListed } from './reading.ts';

const PERSON = { kind: 'people', announces: [] } as const;

interface Act {
  readonly role: Role;
  readonly event: WebhookEvent;
  readonly instruction: string;
  readonly before: Json;
  /** Whether the act shows. */
  readonly shows: (answer: Answer) => boolean;
}

/** Has the operator click, waits until that shows, and for a webhook. @throws SkipStep where nobody clicks */
async function observe(session: Session, act: Act): Promise<Change> {
  const { listener, waits } = session;
  const { role, event } = act;
  listener?.begin(role, event);
  listener?.learn(role, knownOf(session, role, act.before));
  if ((await session.operator.act(role, act.instruction)) === 'skipped') {
    throw new SkipStep('nobody clicked');
  }
  const began = performance.now();
  let answer = await session.read(role);
  while (!act.shows(answer) && performance.now() - began < waits.changeMs) {
    await pause(waits.everyMs);
    answer = await session.read(role);
  }
  const passedS = (performance.now() - began) / 1000;
  const withinS = act.shows(answer) ? roundedUp(passedS) : null;
  const after = isJson(answer.result) ? answer.result : {};
  if (listener !== undefined) {
    if ('id' in after) listener.learn(role, knownOf(session, role, after));
    await listener.wait(waits.webhookMs);
    session.found({ webhooks: together(session.webhooksBefore, listener.found()) });
  }
  return { changed: changedFields(act.before, after), withinS };
}

function knownOf(session: Session, role: Role, { id }: Json): Known {
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : '',
    email: session.emailOf(role),
    customRef: customRefOf(role),
  };
}

function roundedUp(seconds: number): Change['withinS'] {
  return ([2, 10, 60] as const).find((limit) => seconds <= limit) ?? 600;
}

type Webhooks = NonNullable<Findings['webhooks']>;

/** With those of earlier runs. */
function together(before: Webhooks | undefined, now: Webhooks): Webhooks {
  const all = (kind: 'shapes' | 'unknownCallers'): Webhook[] => {
    const both = [...(before?.[kind] ?? []), ...now[kind]];
    return [...new Map(both.map((one) => [JSON.stringify(one), one])).values()];
  };
  return {
    events: { ...before?.events, ...now.events },
    shapes: all('shapes'),
    unknownCallers: all('unknownCallers'),
  };
}

export const accessRefused: Step = {
  name: 'access-refused',
  kind: 'people',
  finds: 'what a refusal of the holder shows, and request_access after it',
  needs: ['known'],
  announces: [
    {
      call: 'POST /user/request_access',
      role: 'known',
      times: 1,
      accounts: 0,
      mails: 1,
      does: 'AR24 may ask the holder for access once more',
    },
  ],
  async run(session) {
    const before = await session.readFirst('known');
    if (before.outcome === 'success')
      throw new SkipStep('the account of known is attached already');
    if (!session.wasSent('POST /user/request_access', 'known')) {
      throw new SkipStep('access was not requested: run access-known first');
    }
    // Otherwise an earlier run has seen the refusal.
    if (!session.resumes) {
      await observe(session, {
        role: 'known',
        event: 'access_refused',
        instruction: 'REFUSE access in the newest mail of AR24 to this address',
        before: {},
        // Nothing is known by which a refusal shows: read once.
        shows: () => true,
      });
    }
    const email = session.emailOf('known');
    session.found({
      refusedRead: outcomeOf(await session.read('known')),
      refusedListed: await isListed(session, email),
    });
    const answer = await session.write('POST /user/request_access', 'known', { email }, ifLost);
    session.found({
      accessAfterRefusal: outcomeOf(answer),
      accessAfterRefusalMails: await session.count('known', 'access'),
    });
  },
};

export const accessGranted: Step = {
  ...PERSON,
  name: 'access-granted',
  finds: 'what changes when the holder grants access, and how soon',
  needs: ['known'],
  async run(session) {
    if ((await session.read('known')).outcome === 'success') {
      throw new SkipStep('the account of known is attached already');
    }
    const granted = await observe(session, {
      role: 'known',
      event: 'access_granted',
      instruction: 'GRANT access in the newest mail of AR24 to this address',
      before: {},
      shows: ({ outcome }) => outcome === 'success',
    });
    // All fields are new: their names are those of any account.
    session.found({ accessGranted: { ...granted, changed: [] } });
  },
};

export const emailConfirmed: Step = {
  ...PERSON,
  name: 'email-confirmed',
  finds: 'what changes when the address is confirmed, and how soon',
  needs: ['plain'],
  async run(session) {
    const { user } = await session.own('plain');
    if (flag(user, 'confirmed') === true) throw new SkipStep('the address is confirmed already');
    session.found({
      emailConfirmed: await observe(session, {
        role: 'plain',
        event: 'email_confirmed',
        instruction: 'CONFIRM the address by the link in the mail of AR24 to exactly this address',
        before: user,
        shows: showsIn('confirmed', user),
      }),
    });
  },
};

export const termsAccepted: Step = {
  ...PERSON,
  name: 'terms-accepted',
  finds: 'what changes when the terms are accepted, and how soon; request_cgu after that',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user/request_cgu',
      role: 'plain',
      times: 1,
      accounts: 0,
      mails: 1,
      does: 'the terms are accepted by then; AR24 may mail them again',
    },
  ],
  async run(session) {
    const { id, user } = await session.own('plain');
    if (flag(user, 'cgu') === true) session.note('the terms were accepted before this step');
    else {
      session.found({
        termsAccepted: await observe(session, {
          role: 'plain',
          event: 'terms_accepted',
          instruction: 'ACCEPT the terms by the link in a mail of AR24 to exactly this address',
          before: user,
          shows: showsIn('cgu', user),
        }),
      });
    }
    const params = { id_user: id };
    const answer = await session.write('POST /user/request_cgu', 'plain', params, ifLost);
    session.found({ termsWhenAccepted: outcomeOf(answer) });
  },
};

/** By the flag that AR24 documents; by any change, if AR24 does not show that flag. */
function showsIn(name: string, before: Json): (answer: Answer) => boolean {
  return ({ outcome, result }) => {
    if (outcome !== 'success' || !isJson(result)) return false;
    if (name in before) return flag(result, name) === true;
    return changedFields(before, result).length > 0;
  };
}
