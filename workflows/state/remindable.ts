import { CALL_OF, isLeft } from './asked.ts';
import { settled, waitingFor } from './requirements.ts';
import type { Askable, Call, Sender } from './sender.ts';

/**
 * What AR24 can be asked for once more: asked before, and still outstanding. The identity is left
 * out: asking again costs money and a paper letter.
 */
export function repeatable(s: Sender): readonly Askable[] {
  const outstanding = waitingFor(s);
  const open: readonly Askable[] = [
    ...(outstanding.includes('attachment') ? ['access' as const] : []),
    ...(outstanding.includes('terms') && !settled(s, 'terms') ? ['terms' as const] : []),
    ...(outstanding.includes('payment') ? ['payment' as const] : []),
  ];
  return open.filter((what) => s.asked[what] !== undefined);
}

/** The same, as far as somebody is mailed: a payment link is shown by the partner. */
export function remindable(s: Sender): readonly Askable[] {
  return repeatable(s).filter((what) => what !== 'payment' || s.paymentLink === null);
}

/** The calls of which AR24 does not say whether it mailed: no look that is answered ends this trouble. */
export function unconfirmed(s: Sender): readonly Call[] {
  return remindable(s)
    .filter((what) => isLeft(s, what))
    .map((what) => CALL_OF[what]);
}
