import { settled, waitingFor } from './requirements.ts';
import type { Askable, Sender } from './sender.ts';

/**
 * What AR24 can be asked to mail once more: asked before, still outstanding, and nobody says
 * that it is done. The identity is left out: asking again costs money and a paper letter.
 */
export function remindable(s: Sender): readonly Askable[] {
  const outstanding = waitingFor(s);
  const open: readonly Askable[] = [
    ...(outstanding.includes('attachment') && !s.claims.attachment ? ['access' as const] : []),
    ...(outstanding.includes('terms') && !settled(s, 'terms') && !s.claims.terms
      ? ['terms' as const]
      : []),
    ...(outstanding.includes('payment') ? ['payment' as const] : []),
  ];
  return open.filter((what) => s.asked[what] !== undefined);
}
