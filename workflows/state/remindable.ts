import { settled, waitingFor } from './requirements.ts';
import type { Askable, Sender } from './sender.ts';

/**
 * What AR24 can be asked to mail once more: asked before, and still outstanding. The identity is
 * left out: asking again costs money and a paper letter. So is a payment link, which the partner
 * shows: asking again mails nobody.
 */
export function remindable(s: Sender): readonly Askable[] {
  const outstanding = waitingFor(s);
  const open: readonly Askable[] = [
    ...(outstanding.includes('attachment') ? ['access' as const] : []),
    ...(outstanding.includes('terms') && !settled(s, 'terms') ? ['terms' as const] : []),
    ...(outstanding.includes('payment') && s.paymentLink === null ? ['payment' as const] : []),
  ];
  return open.filter((what) => s.asked[what] !== undefined);
}
