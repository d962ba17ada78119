/** The AR24 account of a worker, compared with the one that its namespace works with. */
import type { ConnectionLike } from '@temporalio/client';
import { keepAr24Account, type Ar24Account } from '../../worker/index.ts';
import type { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import type { Values } from '../environment/variable.ts';
import { CommandError } from '../failure.ts';

/** `onboard up` may start its simulator at another port the next time: it still is the same AR24. */
const SIMULATOR_OF_UP = 'http://simulator.invalid/';

export const REMEDIES = [
  'Another account needs a namespace of its own: set TEMPORAL_NAMESPACE.',
  'Where AR24 gave this account a new token or address: `onboard key rotate --kind ar24` lists the steps.',
] as const;

/** @param simulated whether AR24 is the simulator of an `onboard up` */
export function ar24AccountOf(
  values: Pick<Values<typeof AR24_VARIABLES>, 'AR24_BASE_URL' | 'AR24_TOKEN'>,
  simulated: boolean,
): Ar24Account {
  return {
    baseUrl: simulated ? SIMULATOR_OF_UP : values.AR24_BASE_URL,
    token: values.AR24_TOKEN,
  };
}

/** @throws CommandError where the namespace works with another account; gRPC's errors */
export async function requireAr24Account(
  connection: ConnectionLike,
  namespace: string,
  account: Ar24Account,
): Promise<void> {
  if ((await keepAr24Account(connection, namespace, account)) !== 'another') return;
  throw new CommandError(
    [
      `namespace ${namespace} works with another AR24 account: its first worker had another AR24_BASE_URL or ` +
        'AR24_TOKEN. To this worker the accounts of its senders would be gone.',
      ...REMEDIES,
    ].join('\n  '),
  );
}
