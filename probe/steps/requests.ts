/** The steps that have AR24 mail, or order, something for an account. */
import { isJson, isRefusal, type Answer } from '../answer.ts';
import type { Findings } from '../findings.ts';
import { ifLost, outcomeOf, SkipStep } from '../session.ts';
import type { Step } from '../step.ts';
import { isListed } from './reading.ts';

export const accessAttached: Step = {
  name: 'access-attached',
  kind: 'writes',
  finds: 'the answer of request_access for an account that is attached already',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user/request_access',
      role: 'plain',
      times: 2,
      accounts: 0,
      mails: 2,
      does: 'the account is attached already; AR24 may mail its holder',
    },
  ],
  async run(session) {
    await session.own('plain');
    const email = session.emailOf('plain');
    const first = await session.write('POST /user/request_access', 'plain', { email }, ifLost);
    await session.write('POST /user/request_access', 'plain', { email }, ifLost);
    session.found({
      accessAttached: outcomeOf(first),
      accessAttachedMails: await session.count('plain', 'access'),
      ...emptyResult(first),
    });
  },
};

export const termsMail: Step = {
  name: 'terms-mail',
  kind: 'writes',
  finds: 'request_cgu, twice, for an account that has not accepted the terms',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user/request_cgu',
      role: 'plain',
      times: 2,
      accounts: 0,
      mails: 2,
      does: 'AR24 mails its terms',
    },
  ],
  async run(session) {
    const { id } = await session.own('plain');
    const params = { id_user: id };
    const first = await session.write('POST /user/request_cgu', 'plain', params, ifLost);
    await session.write('POST /user/request_cgu', 'plain', params, ifLost);
    session.found({
      termsRequest: outcomeOf(first),
      termsRequestMails: await session.count('plain', 'terms'),
      ...emptyResult(first),
    });
  },
};

export const paymentLink: Step = {
  name: 'payment-link',
  kind: 'writes',
  finds: 'the field of payment_request in which the link is',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user/payment_request',
      role: 'plain',
      times: 1,
      accounts: 0,
      mails: 1,
      does: 'AR24 returns a link to add a means of payment, which the probe does not follow or keep',
    },
  ],
  async run(session) {
    const { id } = await session.own('plain');
    const params = { id_user: id, get_link: '1' };
    // The report keeps no link: only another answer shows its field.
    const answer = await session.write('POST /user/payment_request', 'plain', params, () => true);
    session.found({
      paymentLink: outcomeOf(answer),
      paymentLinkField: linkField(answer),
      paymentLinkMails: await session.count('plain', 'payment'),
    });
  },
};

/** The path of the first link, the least deep first. `.`: the result is the link. */
function linkField({ result }: Answer): string | undefined {
  let level: readonly (readonly [string, unknown])[] = [['', result]];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const found = level.find(([, value]) => isLink(value));
    if (found !== undefined) return found[0] === '' ? '.' : found[0];
    level = level.flatMap(([path, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value)
            .filter(([name]) => /^[\w-]{1,20}$/.test(name))
            .map(([name, one]): [string, unknown] => [path === '' ? name : `${path}.${name}`, one])
        : [],
    );
  }
  return undefined;
}

const DEEPEST = 4;

function isLink(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
}

export const accessKnown: Step = {
  name: 'access-known',
  kind: 'writes',
  finds:
    'request_access, twice, for an account that is not attached; whether it is listed meanwhile',
  needs: ['known'],
  announces: [
    {
      call: 'POST /user/request_access',
      role: 'known',
      times: 2,
      accounts: 0,
      mails: 2,
      does: 'AR24 asks the holder for access',
    },
  ],
  async run(session) {
    const email = session.emailOf('known');
    const before = await session.readFirst('known');
    if (before.outcome === 'success')
      throw new SkipStep('the account of known is attached already');
    const first = await session.write(
      'POST /user/request_access',
      'known',
      { email },
      // The account may have been opened since.
      isRefusal,
    );
    // AR24 may hide accounts of others; but if it refuses access too, there is none.
    if (before.outcome === session.findings.unknownEmail && first.outcome !== 'success') {
      throw new SkipStep('the address of known has no account: open one on the sandbox first');
    }
    const again = await session.write('POST /user/request_access', 'known', { email });
    session.found({
      knownRead: outcomeOf(before),
      accessRequest: outcomeOf(first),
      // Without the first answer it is not known whether this is the second call that reached AR24.
      accessAgain: first.trouble ? undefined : outcomeOf(again),
      pendingListed: await isListed(session, email),
      accessMails: await session.count('known', 'access'),
      ...emptyResult(first),
    });
  },
};

export const identity: Step = {
  name: 'identity',
  kind: 'paid',
  finds: 'what a second order of the identity letter does while the first is on its way',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user/identity',
      role: 'plain',
      times: 2,
      accounts: 0,
      mails: 2,
      letters: 2,
      does: 'AR24 sends a paper letter to a made-up postal address, and may do so in the sandbox too',
    },
  ],
  async run(session) {
    const { id } = await session.own('plain');
    const first = await session.write('POST /user/identity', 'plain', { id_user: id });
    const again = await session.write('POST /user/identity', 'plain', { id_user: id });
    session.found({
      identityOrder: outcomeOf(first),
      identityOrderAgain: first.trouble ? undefined : outcomeOf(again),
      identityLetters: await session.count('plain', 'letter'),
    });
  },
};

/** The format of a success that returns nothing. */
function emptyResult(answer: Answer): Findings {
  const { outcome, status, result, members } = answer;
  // Of a call of an earlier run, only the outcome is known.
  if (outcome !== 'success' || status === undefined) return {};
  if (!members.includes('result')) return { emptyResult: 'absent' };
  if (Array.isArray(result)) return { emptyResult: result.length === 0 ? 'array' : 'other' };
  return { emptyResult: isJson(result) && Object.keys(result).length === 0 ? 'object' : 'other' };
}
