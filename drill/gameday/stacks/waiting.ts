/** What nobody notices for days: a pause that was forgotten, a question, a certificate. */
import { join } from 'node:path';
import { onboard, play, type Played } from '../incident.ts';
import { startStack, type GameDay } from '../stack.ts';
import { attachedAccount, start } from '../sign-ups.ts';
import { layTlsWire } from '../tls-wire.ts';

const ENDS_IN_DAYS = 5;
const RENEWED_FOR_DAYS = 90;
const QUESTION = 'customer-with-a-question';

export async function waiting(game: GameDay): Promise<readonly Played[]> {
  const tls = join(game.folder, 'waiting-tls');
  const wire = await layTlsWire(game.temporal.address, tls, ENDS_IN_DAYS);
  const stackBegan = new Date();
  const stack = await startStack(game, { name: 'waiting', all: wire.environment });
  try {
    return await Promise.all([
      play(stack, {
        alerts: ['CertificateEnds'],
        how: `Temporal's certificate ends in ${ENDS_IN_DAYS} days`,
        // It was so before the processes started.
        beganAt: stackBegan,
        begin: () => Promise.resolve(),
        checks: [{ query: 'onboarding_tls_certificate_expiry_timestamp_seconds - time()' }],
        async act() {
          await wire.renew(RENEWED_FOR_DAYS);
          for (const one of [stack.worker, stack.gateway, stack.exporter]) await one.deploy({});
        },
        verify: [{ query: 'onboarding_tls_certificate_expiry_timestamp_seconds - time()' }],
        within: { fire: 75, end: 10 },
      }),
      play(stack, {
        alerts: ['AwaitsOperator'],
        how: "AR24 has an account for a sender's address that was attached for another reference",
        async begin() {
          const email = `${QUESTION}@example.org`;
          await attachedAccount(stack.simulator.url, email, 'another-customer');
          await start(stack.gatewayUrl, QUESTION, email);
        },
        checks: [
          { onboard: ['list', '--waiting-for', 'operator'] },
          { onboard: ['status', QUESTION] },
        ],
        async act() {
          await onboard(stack, [
            'override',
            QUESTION,
            'operator',
            '--reason',
            'asked by telephone',
          ]);
        },
        verify: [{ onboard: ['status', QUESTION] }],
        within: { fire: 75, end: 10 },
      }),
      play(stack, {
        alerts: ['WritesPaused'],
        how: 'an operator paused the writes to AR24, and people signed up',
        async begin() {
          await onboard(stack, ['pause', '--reason', 'game day']);
          await stack.onboard(3);
        },
        checks: [{ onboard: ['doctor'] }, { onboard: ['list', '--problem', 'paused'] }],
        async act() {
          await onboard(stack, ['resume']);
        },
        verify: [
          { onboard: ['list', '--problem', 'paused'] },
          { query: 'onboarding_ar24_writes_paused' },
        ],
        within: { fire: 75, end: 10 },
      }),
    ]);
  } finally {
    await stack.stop();
    wire.close();
  }
}
