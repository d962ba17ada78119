/** The identity is paid for: ordered once for an account, whatever happens around it. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { refusalToCorrectAddress } from '../../workflows/state/refusals.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import {
  ABSENT,
  HOUR,
  SECOND,
  START,
  TAKEN,
  acting,
  answer,
  attached,
  lived,
  looked,
  then,
} from './events.ts';

const REQUEST = { emailVerified: true, require: ['identity'] } as const;
const complete = (id: string) => attached({ id, email: 'yes', terms: 'yes' });

const beginAnew = (at: number): Event => ({
  kind: 'overridden',
  requirement: 'operator',
  by: 'ops',
  reason: 'anew',
  at,
});

/** Ordered for one account, which is then gone; the operator has everything begun anew. */
function begunAnew(): Sender {
  const first = lived([looked(complete('1'), START)], REQUEST);
  expect(plan(first, START)).toMatchObject({ do: 'order-identity', accountId: '1' });
  const at = START + HOUR;
  return then(
    first,
    answer('identity-ordered', TAKEN, complete('1'), START),
    looked(ABSENT, at),
    beginAnew(at),
  );
}

test('it is ordered for another account after everything was begun anew', () => {
  const at = START + 2 * HOUR;
  const sender = then(begunAnew(), looked(complete('2'), at));
  expect(plan(sender, at)).toMatchObject({ do: 'order-identity', accountId: '2' });
});

test('it is not ordered twice for the same account, though everything was begun anew', () => {
  const at = START + 2 * HOUR;
  const sender = then(begunAnew(), looked(complete('1'), at));
  expect(plan(sender, at)).toEqual({ do: 'wait' });
});

test('no address is corrected while it is being ordered, though the account seems to be gone', () => {
  const seen = lived([looked(complete('1'), START)], REQUEST);
  const ordering = then(seen, acting('order-identity', START), looked(ABSENT, START + SECOND));
  expect(refusalToCorrectAddress(ordering)).toMatch(/identity check is being ordered/);
  const ordered = then(
    ordering,
    answer('identity-ordered', TAKEN, complete('1'), START + 2 * SECOND, START),
  );
  expect(refusalToCorrectAddress(ordered)).toBeNull();
});
