import { expect, test } from '@jest/globals';
import { inShort } from '../../../cli/text/headline.ts';
import { story } from '../../../cli/text/story.ts';
import type { Ending } from '../../../client/index.ts';
import { at, aView, NOW } from './views.ts';

const told = (...[fields]: Parameters<typeof aView>): string => story(aView(fields), NOW);

test('the story begins with who, what and for how long, and ends with what comes', () => {
  const lines = told().split('\n');
  expect(lines[0]).toBe('customer-42: awaiting-terms for 3 days');
  expect(lines[1]).toBe("  state          waiting for AR24's terms to be accepted");
  expect(lines.at(-2)).toMatch(/^ {2}next reminder {2}in 2 days \(2026-05-06 /);
  expect(lines.at(-1)).toMatch(/^ {2}deadline {7}in 27 days \(2026-05-31 /);
});

test('a mail whose answer was lost may have come twice', () => {
  const asked = [{ what: 'terms', at: at(-60), times: 2, answersLost: 1 }] as const;
  expect(told({ asked })).toContain(
    'to mail its terms 2 times, last 60 min ago; 1 without an answer, so there may be a mail too many',
  );
});

test('a claim that AR24 contradicts is told as such', () => {
  const claim = { what: 'terms', by: 'webhook', at: at(-5), contradicted: true } as const;
  expect(told({ claims: [claim] })).toContain(
    'terms accepted, says webhook 5 min ago; AR24 shows something else',
  );
});

test('looks that saw no change are told, though only Temporal knows of them', () => {
  const poll = { what: 'awaitChange', attempt: 4, lastAnswerAt: at(-10), unchanged: true };
  const calls = [{ ...poll, lastAnswer: 'still waiting', nextTry: at(15) }];
  expect(told({ calls })).toContain('AR24 said      account: email yes, terms no (10 min ago)');
  expect(told({ calls })).toContain('next look      in 15 min');
});

test('a call that is being tried again tells how often, when, and what happened', () => {
  const call = { what: 'createAccount', attempt: 3, lastAnswerAt: at(-1), unchanged: false };
  const calls = [{ ...call, lastAnswer: 'AR24 POST user: no answer', nextTry: at(1) }];
  expect(told({ calls })).toContain(
    'now            creating the account at AR24, try 3 in 60 s: AR24 POST user: no answer',
  );
});

test('a problem tells since when, the next try, and the way to try now', () => {
  const problem = { kind: 'credentials', since: at(-200), nextTry: at(30) } as const;
  const lines = told({ problem, deadline: null, stuckBecause: ['problem'] });
  expect(lines).toContain('stuck          a problem that has lasted for over an hour');
  expect(lines).toContain(
    'problem        AR24 refuses our token or signature, first seen 3 h ago; next try in 30 min',
  );
  expect(lines).toContain('to try now: onboard check customer-42');
  expect(lines).toContain('deadline       stands still while there is a problem');
});

test('a wrong address is corrected, not registered', () => {
  const fieldErrors = [{ field: 'email', slug: 'error_email' }] as const;
  const lines = told({ waitingFor: ['registration'], fieldErrors });
  expect(lines).toContain('to do          onboard correct-address customer-42 --email ADDRESS');
  expect(lines).not.toContain('onboard register');
});

test('an address that AR24 does not know any more can be corrected, tried again, or given up', () => {
  const lines = told({ waitingFor: ['operator'], question: 'address-gone' });
  expect(lines).toContain('AR24 does not know his address any more: look for it again?');
  expect(lines).toContain('onboard correct-address customer-42 --email ADDRESS');
  expect(lines).toContain('yes: onboard override customer-42 operator');
  expect(lines).toContain('no:  onboard cancel customer-42');
});

const NOTHING = { accessAsked: false, identityOrdered: false } as const;

const ENDINGS: readonly (readonly [Ending, string])[] = [
  [
    {
      kind: 'ready',
      how: 'created',
      accountId: '7',
      missing: ['payment'],
      ...NOTHING,
      overrides: [{ requirement: 'terms', by: 'ana', reason: 'seen', at: at(0) }],
    },
    'ready with AR24 account 7 (it was created from the form); not required, and not there: payment; settled by an operator: terms',
  ],
  [{ kind: 'refused', by: 'webhook', ...NOTHING }, 'the holder refused access, says webhook'],
  [
    { kind: 'expired', waitingFor: ['attachment'], accessAsked: true, identityOrdered: false },
    "expired while waiting for the holder's answer to the access request; the holder may still accept: a restart then finds it",
  ],
  [
    {
      kind: 'cancelled',
      by: 'ana',
      reason: 'twice',
      accountId: '7',
      accessAsked: false,
      identityOrdered: false,
      unsettled: 'create-account',
    },
    'cancelled by ana: twice; its AR24 account is 7; an account was just being created: AR24 did not tell whether it is there',
  ],
  [
    { kind: 'expired', waitingFor: ['identity'], accessAsked: false, identityOrdered: true },
    'expired while waiting for the identity to be verified; the paid identity check may be under way: a restart waits for it, and orders no other',
  ],
  [{ kind: 'failed', how: 'terminated' }, 'somebody terminated the run in Temporal'],
  [
    { kind: 'unreadable', keyId: 'prod-3f9a01bc' },
    'ended, and how cannot be read here: it was encrypted with the key prod-3f9a01bc',
  ],
  [{ kind: 'unreadable', keyId: null }, 'ended, and how cannot be read here: it was altered'],
];

test.each(ENDINGS)('the end is a sentence: %j', (outcome, sentence) => {
  const status = outcome.kind === 'unreadable' ? 'ready' : outcome.kind;
  const view = aView({ outcome, status, waitingFor: [], deadline: null });
  expect(inShort(view, NOW)).toBe(`customer-42: ${sentence}`);
  expect(story(view, NOW)).not.toContain('deadline');
});

test('what others wrote cannot steer the terminal', () => {
  const claim = { what: 'terms', by: '\u001b[2Jroot\r\nmore', at: at(-5), contradicted: false };
  expect(told({ claims: [{ ...claim, what: 'terms' }] })).not.toMatch(/\u001b|\r/);
});
