/** The closed lists of the API, and the values that occur in many of its answers. */
import { z } from 'zod';
import {
  CLAIMABLE,
  OVERRIDABLE,
  PROBLEM_KINDS,
  REQUIREMENTS,
  STATUSES,
} from '../../../client/index.ts';
export { language, optionalRequirement } from '../../../client/schemas/start-request.ts';
import { NOTIFICATION_TYPES } from '../../../workflows/contract/notification.ts';
import { QUESTIONS } from '../../../workflows/contract/view.ts';

const expected = (all: readonly string[]): string => `one of ${all.join(', ')} is expected`;

export const moment = (description: string, example = '2026-03-02T09:00:00.000Z') =>
  z.iso.datetime().meta({ description, example });

/** A count. Programs in typed languages need its size. */
export const count = (description: string, example: number) =>
  z.int32().meta({ description, example, format: 'int32' });

export const reference = z.string().meta({
  description: 'your own opaque reference of the sender',
  example: 'customer-42',
});

export const actor = (did: string) =>
  z.string().meta({
    description: `who ${did}: \`api:\` and the name of the key, an operator, or a source of events`,
    example: 'api:crm',
  });

export const accountId = z
  .string()
  .meta({ description: "AR24's `id_user` of the account", example: '1001' });

export const status = z.enum(STATUSES, expected(STATUSES)).meta({
  id: 'Status',
  description:
    'what the onboarding does or waits for. `ready`, `refused`, `expired`, `cancelled` and `failed`: it has ended',
});

export const requirement = z.enum(REQUIREMENTS, expected(REQUIREMENTS)).meta({
  id: 'Requirement',
  description: 'what has to be true before the sender is ready',
});

export const overridable = z.enum(OVERRIDABLE, expected(OVERRIDABLE)).meta({
  id: 'OverridableRequirement',
  description: 'a requirement that an operator may count as satisfied',
});

export const claimable = z.enum(CLAIMABLE, expected(CLAIMABLE)).meta({
  id: 'ClaimableRequirement',
  description: 'what a person may say that they did',
});

export const claimed = z.enum([...CLAIMABLE, 'refusal']).meta({
  id: 'Claimed',
  description: 'what a person is said to have done. `refusal`: the holder refused access',
});

export const problemKind = z.enum(PROBLEM_KINDS, expected(PROBLEM_KINDS)).meta({
  id: 'ProblemKind',
  description: 'why AR24 cannot be used now',
});

export const question = z.enum(QUESTIONS).meta({
  id: 'Question',
  description: 'what an operator has to decide',
});

export const requestKind = z.enum(['access', 'terms', 'payment', 'identity']).meta({
  id: 'RequestKind',
  description: 'a call that has AR24 mail somebody, or order something paid',
});

export const stuckReason = z.enum(['problem', 'no-look', 'failing-task', 'missing-key']).meta({
  id: 'StuckReason',
  description:
    '`problem`: AR24 cannot be used for over an hour. `no-look`: a read of AR24 is more than a day late. `failing-task`: a ' +
    'bug, or a worker of another version. `missing-key`: no worker has the encryption key',
});

export const notificationType = z.enum(NOTIFICATION_TYPES).meta({
  id: 'NotificationType',
  description:
    '`onboarding.updated`: the state changed. `onboarding.reminder`: write to the person. Answer 2xx to types that ' +
    'you do not know',
});
