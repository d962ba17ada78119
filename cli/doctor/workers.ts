import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { policyFingerprint } from '../../activities/index.ts';
import { keysNeeded } from '../../client/keys-needed.ts';
import { silentForMs, stillPolls } from '../../client/pollers.ts';
import { countUnderOtherPolicy, policiesOfWorkers } from '../../client/policy.ts';
import { keysOfWorkers, lackedByAny } from '../../client/worker-keys.ts';
import { AR24_TASK_QUEUE, NOTIFY_TASK_QUEUE, TASK_QUEUE } from '../../workflows/contract/index.ts';
import type { TemporalPlace } from '../connect.ts';
import type { Encryption } from '../environment/encryption.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import { POLICY_VARIABLES } from '../environment/policy-variables.ts';
import { AT_THE_SIMULATOR, policyOf } from '../environment/policy.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import { isSet, withDefaults } from '../environment/secret-files.ts';
import { failed, ok, type Finding, skipped, warning } from './finding.ts';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } =
  proto.temporal.api.enums.v1.TaskQueueType;

const QUEUES = [
  { name: TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_WORKFLOW, work: 'onboardings' },
  { name: AR24_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY, work: 'calls to AR24' },
  { name: NOTIFY_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY, work: 'notifications' },
] as const;

/** What 30 silent days cost, by the default polls and by those beside webhooks, as measured in docs/figures.md. */
export const SILENT_ACTIONS = { alone: 89, besideWebhooks: 49 };

/** A worker polls at least once a minute. */
const QUIET_AFTER_MS = 65_000;

export async function checkWorkers(temporal: Client): Promise<Finding> {
  const queues = await Promise.all(
    QUEUES.map(async ({ name, taskQueueType, work }) => {
      const { pollers } = await temporal.workflowService.describeTaskQueue({
        namespace: temporal.options.namespace,
        taskQueue: { name },
        taskQueueType,
      });
      const agesMs = pollers.filter(stillPolls).map(silentForMs);
      return { name, work, count: agesMs.length, agesMs };
    }),
  );
  const found = queues
    .map(({ work, count, agesMs }) => `${work}: ${workers(count)}${quietWords(agesMs)}`)
    .join('; ');
  const idle = queues.filter(({ count }) => count === 0);
  if (idle.length === 0) return ok(found);
  return failed(
    found,
    `Tasks of ${idle.map(({ name }) => name).join(' and ')} wait until one runs: \`onboard worker\`, or \`npm start\`.`,
  );
}

function workers(count: number): string {
  if (count === 0) return 'no worker';
  return count === 1 ? '1 worker' : `${count} workers`;
}

/** Names the workers that have not polled when they should have. They count until they have been silent for two minutes. */
export function quietWords(agesMs: readonly number[]): string {
  const quiet = agesMs.filter((ageMs) => ageMs > QUIET_AFTER_MS);
  if (quiet.length === 0) return '';
  const seconds = quiet.map((ageMs) => Math.round(ageMs / 1000)).join(' s and ');
  return quiet.length === 1
    ? ` (one was last seen ${seconds} s ago, and has probably ended)`
    : ` (${quiet.length} were last seen ${seconds} s ago, and have probably ended)`;
}

/**
 * Whether all workers, this shell and the open onboardings have the same policy.
 *
 * @param ar24 `simulated`: the worker is that of `npm start`, which has other defaults
 */
export async function checkPolicy(
  temporal: Client,
  environment: Environment,
  ar24: TemporalPlace['ar24'],
): Promise<Finding> {
  const [fingerprint, ...others] = await policiesOfWorkers(temporal);
  if (fingerprint === undefined) return skipped('no worker runs: see workers');
  if (others.length > 0) {
    return warning(
      `the workers follow ${others.length + 1} policies`,
      'Give all workers the same ONBOARDING_REMINDER_*, ONBOARDING_DEADLINE_DAYS, ONBOARDING_POLL_*, ' +
        'ONBOARDING_REPAIR_* and ONBOARDING_NOTIFY_URL. A worker that has ended is still counted for two minutes.',
    );
  }
  const open = await countUnderOtherPolicy(temporal, fingerprint);
  const variables = setHere(environment);
  const defaults = ar24 === 'simulated' ? AT_THE_SIMULATOR : {};
  const here = withDefaults(environment, defaults);
  const differs = variables.length > 0 && fingerprintHere(here) !== fingerprint;
  if (open === 0 && !differs) {
    return ignoresWebhooks(here, fingerprint)
      ? warning(
          'all follow the policy of the worker, whose polls do not rely on AR24’s webhooks: 30 silent days cost ' +
            `${SILENT_ACTIONS.alone} actions, not ${SILENT_ACTIONS.besideWebhooks}`,
          'If the webhooks announce what people accept (`onboard probe`), set ONBOARDING_AR24_WEBHOOKS=1 for the ' +
            'worker, restart it and run `onboard policy apply`. If they do not, set it to 0.',
        )
      : ok('all follow the policy of the worker');
  }
  return warning(
    [
      ...(open > 0 ? [`${open} open onboardings follow another policy than the worker’s`] : []),
      ...(differs ? [`the worker has other settings than ${variables.join(', ')} here`] : []),
    ].join('; '),
    ...(open > 0 ? ['Apply it to them: `onboard policy apply`.'] : []),
    ...(differs
      ? [
          'The worker’s settings count, wherever an onboarding is started: `onboard policy show`. Set them ' +
            'for the worker, and restart it.',
        ]
      : []),
  );
}

/**
 * Whether AR24's webhooks reach a gateway with this environment, while the worker polls as if there were none and nobody
 * decided so. Workers publish a fingerprint of their policy only, so this is known if they have the policy of this shell.
 */
function ignoresWebhooks(environment: Environment, fingerprint: string): boolean {
  const decided = ['ONBOARDING_AR24_WEBHOOKS', 'ONBOARDING_POLL_FIRST_S', 'ONBOARDING_POLL_MAX_S'];
  return (
    isSet(environment, 'ONBOARDING_AR24_WEBHOOK_SECRETS') &&
    !decided.some((name) => isSet(environment, name)) &&
    fingerprintHere(environment) === fingerprint
  );
}

/** The variables of the policy that are set in this shell. */
function setHere(environment: Environment): readonly string[] {
  return Object.keys(POLICY_VARIABLES).filter((name) => isSet(environment, name));
}

/** Undefined where the environment is invalid, which another check reports. */
function fingerprintHere(environment: Environment): string | undefined {
  const values = readEnvironmentInto([], POLICY_VARIABLES, environment);
  try {
    return values && policyFingerprint(policyOf(values));
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

/** Whether the keys of this environment and of the workers decrypt all open onboardings, and which are needed. */
export async function checkPayloads(temporal: Client, encryption: Encryption): Promise<Finding> {
  const needed = await keysNeeded(temporal);
  const here = encryption === 'plaintext' ? [] : encryption.map(({ id }) => id);
  const missing = [...needed.keys()].filter((id) => !here.includes(id));
  if (missing.length > 0) {
    return failed(
      `encrypted with a key that is not here: ${counted(missing, needed)}`,
      'Add it behind the others in ONBOARDING_ENCRYPTION_KEYS, for worker, gateway and commands: ' +
        'onboardings that need it wait until then.',
    );
  }
  const workers = await keysOfWorkers(temporal);
  const written = [...new Set([...here.slice(0, 1), ...needed.keys()])];
  const lacked = lackedByAny(workers, written);
  if (lacked.length > 0) {
    const lacking = workers.filter((keys) => lacked.some((id) => !keys.includes(id))).length;
    return failed(
      `${lacking} of ${workers.length} workers lack a key that encrypts, or that open onboardings need: ` +
        counted(lacked, needed),
      'Add it to ONBOARDING_ENCRYPTION_KEYS of each worker, first or behind the others, and restart the ' +
        'worker: onboardings that need it wait until then. A worker that has ended is still counted for two minutes.',
    );
  }
  const [writing] = here;
  if (writing === undefined) {
    return warning(
      'nothing is encrypted: with ONBOARDING_ALLOW_PLAINTEXT=1, all who can read Temporal can read personal data',
    );
  }
  const free = here.filter((id) => id !== writing && !needed.has(id));
  const found = `encrypts with ${writing}; open onboardings need ${
    needed.size === 0 ? 'none' : counted([...needed.keys()], needed)
  }`;
  return free.length === 0
    ? ok(found)
    : ok(`${found}; not needed any more: ${free.join(', ')} (see \`onboard key rotate\`)`);
}

function counted(ids: readonly string[], needed: ReadonlyMap<string, number>): string {
  return ids
    .toSorted()
    .map((id) => `${id} (${needed.get(id) ?? 0})`)
    .join(', ');
}
