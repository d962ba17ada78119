/** A run is terminated in Temporal, so that nobody is notified of its end; and a gateway lacks a key. */
import { workflowIdOf } from '../../../workflows/contract/index.ts';
import { API_KEY, OTHER_ENCRYPTION_KEY, SHARED_KEYS } from '../../stage/keys.ts';
import { onboard, play, type Played } from '../incident.ts';
import { repeat, statusOf, type Repeated } from '../sign-ups.ts';
import { startStack, type GameDay, type Stack } from '../stack.ts';

const READ_EVERY_MS = 2_000;

export async function broken(game: GameDay): Promise<readonly Played[]> {
  const stack = await startStack(game, { name: 'broken' });
  try {
    const [terminated, read] = await stack.onboard(5);
    if (terminated === undefined || read === undefined) throw new Error('nobody signed up');
    return await Promise.all([
      notOnboarded(stack, terminated.reference, terminated.email),
      notRead(stack, read.reference),
    ]);
  } finally {
    await stack.stop();
  }
}

function notOnboarded(stack: Stack, reference: string, email: string): Promise<Played> {
  const failed = { query: 'onboarding_failed' };
  return play(stack, {
    alerts: ['Broken'],
    how: 'somebody terminated a run in Temporal',
    async begin() {
      const run = ['--workflow-id', workflowIdOf(reference)];
      await stack.temporalTool(['workflow', 'terminate', ...run, '--reason', 'game day']);
    },
    checks: [
      { onboard: ['list', '--status', 'failed'] },
      { onboard: ['list', '--stuck'] },
      { onboard: ['status', reference] },
      { query: 'onboarding_failing_tasks' },
      failed,
    ],
    async act() {
      await onboard(stack, ['start', reference, '--email', email]);
    },
    verify: [{ onboard: ['status', reference] }, failed],
    within: { fire: 20, end: 75 },
  });
}

function notRead(stack: Stack, reference: string): Promise<Played> {
  const { ONBOARDING_ENCRYPTION_KEYS: key } = SHARED_KEYS;
  const counter = { query: 'sum by (job, why) (onboarding_codec_failures_total) > 0' };
  const read = () =>
    statusOf(`${stack.gatewayUrl}/onboardings/${reference}`, {
      method: 'GET',
      headers: { authorization: `Bearer ${API_KEY}` },
    });
  let reading: Repeated | undefined;
  return play(stack, {
    alerts: ['ReadsNotDecrypted'],
    how: 'the gateway was deployed with another encryption key, without the former one; a program read an onboarding every two seconds',
    async begin() {
      await stack.gateway.deploy({ ONBOARDING_ENCRYPTION_KEYS: OTHER_ENCRYPTION_KEY });
      await stack.gatewayReady();
      reading = repeat(READ_EVERY_MS, read);
    },
    checks: [counter, { log: stack.gateway, with: 'cannot be decrypted' }, { onboard: ['doctor'] }],
    async act() {
      await stack.gateway.deploy({ ONBOARDING_ENCRYPTION_KEYS: key });
      await stack.gatewayReady();
    },
    verify: [counter],
    within: { fire: 5, end: 15 },
  }).finally(() => reading?.stop());
}
