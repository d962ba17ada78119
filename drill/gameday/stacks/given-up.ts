/** Temporal gives up on a notification that the partner's server refused. */
import { z } from 'zod';
import { until } from '../../pause.ts';
import { notificationsIdOf } from '../../../workflows/contract/index.ts';
import { onboard, play, type Played } from '../incident.ts';
import { startPartnerServer } from '../partner-server.ts';
import { startStack, type GameDay, type Stack } from '../stack.ts';

/** More than the refused tries, so that the alert on their share stays silent. */
const SIGN_UPS = 15;
/** Of each: access is requested, and then the holder has to grant it. */
const NOTIFICATIONS = 2 * SIGN_UPS;
const PATIENCE = '1m';
const WITHIN_MS = 120_000;

export async function givenUp(game: GameDay): Promise<readonly Played[]> {
  const partner = await startPartnerServer();
  const stack = await startStack(game, { name: 'given-up', worker: partner.variables });
  const ends = { query: 'sum by (result) (onboarding_notifications_total)' };
  try {
    const [{ reference } = { reference: '' }] = await stack.onboard(SIGN_UPS);
    await until('the partner has all notifications', WITHIN_MS, async () => {
      const enough = 'sum(onboarding_notifications_total) >= ';
      return (await stack.prometheus.query(enough + String(NOTIFICATIONS))).length > 0;
    });
    return [
      await play(stack, {
        alerts: ['NotificationsGivenUp'],
        how: `the partner's server answered HTTP 500, and its notification had a patience of ${PATIENCE} instead of three days`,
        async begin() {
          partner.isBroken = true;
          await onboard(stack, ['cancel', reference, '--reason', 'game day']);
          await shorten(stack, notificationsIdOf(reference));
        },
        checks: [
          ends,
          { log: stack.worker, with: 'a notification was given up' },
          { onboard: ['notify', 'log', reference] },
          { onboard: ['notify', 'test'] },
        ],
        async act() {
          partner.isBroken = false;
          await onboard(stack, ['notify', 'redeliver', reference]);
        },
        verify: [ends, { onboard: ['notify', 'log', reference] }, { onboard: ['notify', 'test'] }],
        within: { fire: 10, end: 75 },
      }),
    ];
  } finally {
    await stack.stop();
    partner.close();
  }
}

async function shorten(stack: Stack, workflowId: string): Promise<void> {
  const workflow = ['--workflow-id', workflowId];
  let activityId: string | undefined;
  await until('a try has failed', WITHIN_MS, async () => {
    const described = await stack
      .temporalTool(['workflow', 'describe', ...workflow, '--output', 'json'])
      .catch(() => '{}');
    const { pendingActivities: [pending] = [] } = Described.parse(JSON.parse(described));
    if (pending && pending.attempt > 1) ({ activityId } = pending);
    return activityId !== undefined;
  });
  await stack.temporalTool([
    ...['activity', 'update-options', ...workflow, '--activity-id', activityId ?? ''],
    ...['--schedule-to-close-timeout', PATIENCE],
  ]);
}

const Described = z.object({
  pendingActivities: z
    .array(z.object({ activityId: z.string(), attempt: z.number().default(1) }))
    .optional(),
});
