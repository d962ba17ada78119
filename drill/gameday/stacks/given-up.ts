/** Temporal gives up on a notification that the partner's server refused. */
import { z } from 'zod';
import { until } from '../../pause.ts';
import { onboard, play, type Played } from '../incident.ts';
import { startPartnerServer } from '../partner-server.ts';
import { startStack, type GameDay, type Stack } from '../stack.ts';
import { temporalTool } from '../temporal-tool.ts';

/** More than the refused attempts, so that the alert on their share stays silent. */
const ACCEPTED = 15;
const TRIES = 3;
const PATIENCE = '1m';
const WITHIN_MS = 120_000;

export async function givenUp(game: GameDay): Promise<readonly Played[]> {
  const partner = await startPartnerServer();
  const stack = await startStack(game, { name: 'given-up', worker: partner.variables });
  const ends = { query: 'sum by (result) (onboarding_notifications_total)' };
  try {
    await stack.onboard(ACCEPTED);
    await until('notifications are delivered', WITHIN_MS, async () => {
      const enough = 'sum(onboarding_notifications_total{result="delivered"}) >= ';
      return (await stack.prometheus.query(enough + String(ACCEPTED))).length > 0;
    });
    partner.isBroken = true;
    const [{ reference } = { reference: '' }] = await stack.onboard(1);
    return [
      await play(stack, {
        alerts: ['NotificationsGivenUp'],
        how: `the partner's server answered HTTP 500, and Temporal was told to give up on the notification after ${PATIENCE}`,
        begin: () => shorten(stack, `sender-notifications/${reference}`),
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

/** The state of the person who signed up changes once more, so that the first notification is overtaken. */
async function shorten(stack: Stack, workflowId: string): Promise<void> {
  const workflow = ['--workflow-id', workflowId];
  let activityId: string | undefined;
  await until('some tries have failed', WITHIN_MS, async () => {
    const described = await temporalTool(stack, [
      ...['workflow', 'describe', ...workflow, '--output', 'json'],
    ]).catch(() => '{}');
    const { pendingActivities: [pending] = [] } = Described.parse(JSON.parse(described));
    if (pending && pending.attempt > TRIES) ({ activityId } = pending);
    return activityId !== undefined;
  });
  await temporalTool(stack, [
    ...['activity', 'update-options', ...workflow, '--activity-id', activityId ?? ''],
    ...['--schedule-to-close-timeout', PATIENCE],
  ]);
}

const Described = z.object({
  pendingActivities: z
    .array(z.object({ activityId: z.string(), attempt: z.number().default(1) }))
    .optional(),
});
