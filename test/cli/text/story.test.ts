import { expect, test } from '@jest/globals';
import { inShort } from '../../../cli/text/headline.ts';
import { story } from '../../../cli/text/story.ts';
import type { Ending } from '../../../client/index.ts';
import { at, aView, NOW } from './views.ts';

const textOf = (...[fields]: Parameters<typeof aView>): string => story(aView(fields), NOW);

test('the text begins with reference, status and time, and ends with the next dates', () => {
  const lines = textOf().split('\n');
  expect(lines[0]).toBe('customer-42: awaiting-terms for 3 days');
  expect(lines[1]).toBe("  state          waiting for AR24's terms to be accepted");
  expect(lines.at(-2)).toMatch(/^ {2}next reminder {2}in 2 days \(2026-05-06 /);
  expect(lines.at(-1)).toMatch(/^ {2}deadline {7}in 27 days \(2026-05-31 /);
});

test('the masked address and the last answer of AR24 are shown, also beside a failed read', () => {
  const lines = textOf({ maskedEmail: 'j…@e….org' });
  expect(lines).toContain('\n  address        j…@e….org\n');
  expect(lines).toContain('\n  AR24 said      account: email yes, terms no (90 min ago)\n');
});

test('a mail whose answer was lost may have come twice', () => {
  const requests = [{ kind: 'terms', at: at(-60), times: 2, unconfirmed: 1 }] as const;
  expect(textOf({ requests })).toContain(
    'mail of the terms 2 times, last 60 min ago; 1 without an answer, so there may be a mail too many',
  );
});

test('a claim that AR24 contradicts is shown as contradicted', () => {
  const claim = { what: 'terms', by: 'webhook', at: at(-5), contradicted: true } as const;
  expect(textOf({ claims: [claim] })).toContain(
    'terms accepted, says webhook 5 min ago; AR24 shows something else',
  );
});

test('a mail that AR24 sends by itself is not shown as requested', () => {
  const requests = [{ kind: 'terms', at: at(-60), times: 0, unconfirmed: 0 }] as const;
  expect(textOf({ requests })).toContain(
    'mails its terms by itself, as it created the account, 60 min ago',
  );
});

test('fields that AR24 hides are named, with the question and the commands', () => {
  const lines = textOf({
    status: 'awaiting-operator',
    waitingFor: ['email', 'terms', 'operator'],
    question: 'not-visible',
    notVisible: ['email', 'terms'],
  });
  expect(lines).toContain("the e-mail address to be confirmed, AR24's terms to be accepted\n");
  expect(lines).toContain('AR24 does not show whether this is satisfied');
  expect(lines).toContain('onboard override customer-42 operator --reason TEXT');
});

test('a poll shows the time of the next read', () => {
  const poll = { what: 'awaitChange', attempt: 4, lastAnswerAt: at(-10), unchanged: true };
  const calls = [{ ...poll, lastAnswer: 'still waiting', nextTry: at(15) }];
  expect(textOf({ calls })).toContain('AR24 said      account: email yes, terms no (90 min ago)');
  expect(textOf({ calls })).toContain('next read      in 15 min');
});

test('a poll that failed shows the failure and its time', () => {
  const poll = { what: 'awaitChange', attempt: 4, lastAnswerAt: at(-1), unchanged: false };
  const failed = { ...poll, lastAnswer: 'AR24 GET user: no answer' };
  expect(textOf({ calls: [{ ...failed, nextTry: null }] })).toContain(
    'last try       AR24 GET user: no answer (60 s ago)',
  );
});

test('a retried call shows the number of tries, the next time and the failure', () => {
  const call = { what: 'createAccount', attempt: 3, lastAnswerAt: at(-1), unchanged: false };
  const calls = [{ ...call, lastAnswer: 'AR24 POST user: no answer', nextTry: at(1) }];
  expect(textOf({ calls })).toContain(
    'now            creating the account at AR24, try 3 in 60 s: AR24 POST user: no answer',
  );
});

test('a problem shows its first time, the next try, and the command to try now', () => {
  const problem = { kind: 'credentials', since: at(-200), nextTry: at(30) } as const;
  const lines = textOf({ problem, deadline: null, stuckBecause: ['problem'] });
  expect(lines).toContain('stuck          a problem that has lasted for over an hour');
  expect(lines).toContain(
    'problem        AR24 refuses our token or signature, first seen 3 h ago; next try in 30 min',
  );
  expect(lines).toContain('to try now: onboard check customer-42');
  expect(lines).toContain('deadline       paused while there is a problem');
});

test('a wrong address is corrected, not registered', () => {
  const fieldErrors = [{ field: 'email', slug: 'error_email' }] as const;
  const lines = textOf({ waitingFor: ['registration'], fieldErrors });
  expect(lines).toContain('to do          onboard correct-address customer-42 --email ADDRESS');
  expect(lines).not.toContain('onboard register');
});

test('an address that AR24 does not know any more can be corrected, tried again, or given up', () => {
  const lines = textOf({ waitingFor: ['operator'], question: 'address-gone' });
  expect(lines).toContain('AR24 does not know the address any more: search for it again?');
  expect(lines).toContain('onboard correct-address customer-42 --email ADDRESS');
  expect(lines).toContain('yes: onboard override customer-42 operator');
  expect(lines).toContain('no:  onboard cancel customer-42');
});

const NOTHING = { accessRequested: false, identityOrdered: false } as const;

const ENDINGS: readonly (readonly [Ending, string])[] = [
  [
    {
      kind: 'ready',
      ownership: { kind: 'created' },
      how: 'created',
      accountId: '7',
      missing: ['payment'],
      ...NOTHING,
      overrides: [{ requirement: 'terms', by: 'ana', reason: 'seen', at: at(0) }],
    },
    'ready with AR24 account 7 (it was created from the form); not required, and missing: payment; overridden by an operator: terms',
  ],
  [{ kind: 'refused', by: 'webhook', ...NOTHING }, 'the holder refused access, says webhook'],
  [
    { kind: 'expired', waitingFor: ['attachment'], accessRequested: true, identityOrdered: false },
    "expired while waiting for the holder's answer to the access request; the holder may still accept: a restart then finds it",
  ],
  [
    {
      kind: 'cancelled',
      by: 'ana',
      reason: 'twice',
      accountId: '7',
      accessRequested: false,
      identityOrdered: false,
      unconfirmed: 'create-account',
    },
    'cancelled by ana: twice; its AR24 account is 7; the answer to the creation of an account was lost: AR24 may have created it',
  ],
  [
    { kind: 'expired', waitingFor: ['identity'], accessRequested: false, identityOrdered: true },
    'expired while waiting for the identity to be verified; the paid identity check may be in progress: a restart waits for it, and orders no second one',
  ],
  [{ kind: 'failed', how: 'terminated' }, 'the run was terminated in Temporal'],
  [
    { kind: 'unreadable', keyId: 'prod-3f9a01bc' },
    'ended, and its outcome cannot be read here: it was encrypted with the key prod-3f9a01bc',
  ],
  [
    { kind: 'unreadable', keyId: null },
    'ended, and its outcome cannot be read here: it was altered',
  ],
];

test.each(ENDINGS)('the end is a sentence: %j', (outcome, sentence) => {
  const status = outcome.kind === 'unreadable' ? 'ready' : outcome.kind;
  const view = aView({ outcome, status, waitingFor: [], deadline: null });
  expect(inShort(view, NOW)).toBe(`customer-42: ${sentence}`);
  expect(story(view, NOW)).not.toContain('deadline');
});

test('texts of others cannot control the terminal', () => {
  const claim = { what: 'terms', by: '\u001b[2Jroot\r\nmore', at: at(-5), contradicted: false };
  expect(textOf({ claims: [{ ...claim, what: 'terms' }] })).not.toMatch(/\u001b|\r/);
});

test('a missing key is named, and the code is not blamed', () => {
  const lines = textOf({ stuckBecause: ['missing-key'], missingKeys: ['prod-3f9a01bc'] });
  expect(lines).toContain('the key prod-3f9a01bc');
  expect(lines).not.toContain("the workflow's code fails");
});
