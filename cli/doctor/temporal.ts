import type { Client } from '@temporalio/client';
import { GRPC, grpcCodeOf } from '../../client/temporal-call.ts';
import type { TemporalPlace } from '../connect.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import { RETENTION_VARIABLES } from '../environment/machine-variables.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import { failed, ok, warning, type Finding } from './finding.ts';
import { portAnswer } from './port-answer.ts';
import { whyOf } from './why.ts';

/** @param address `HOST:PORT`, as far as known */
export async function checkTemporal(temporal: Client, address: string): Promise<Finding> {
  const { serverVersion } = await temporal.workflowService.getSystemInfo({});
  return ok(`server ${serverVersion} answers at ${address}`);
}

/** Why no connection came about. @param error what connecting threw */
export async function unreachable({ connection }: TemporalPlace, error: unknown): Promise<Finding> {
  const address = addressOf(connection.address);
  const code = grpcCodeOf(error);
  if (code === GRPC.permissionDenied || code === GRPC.unauthenticated) {
    return failed(
      `Temporal at ${address} does not let us in: ${whyOf(error)}`,
      'Compare TEMPORAL_API_KEY, or the certificate of TEMPORAL_TLS_*, with what Temporal expects.',
    );
  }
  const answer = await portAnswer(address);
  if (answer === 'open') {
    const tls = connection.tls === undefined || connection.tls === false ? 'off' : 'on';
    return failed(
      `something listens at ${address}, but does not talk to us as Temporal; TLS is ${tls}`,
      'Turn TLS on or off as the server has it: TEMPORAL_TLS; TEMPORAL_API_KEY turns it on.',
      'Certificates: TEMPORAL_TLS_*, see `onboard help environment`.',
    );
  }
  return failed(
    `nobody listens at ${address} (${answer})`,
    'Is Temporal running, and TEMPORAL_ADDRESS right? `npm start` runs one here where it is not set.',
  );
}

export function addressOf(address: string | undefined): string {
  return address ?? 'localhost:7233';
}

const DAY_S = 86_400;

const { ONBOARDING_DEADLINE_DAYS } = CLIENT_VARIABLES;
const COMPARED = { ...RETENTION_VARIABLES, ONBOARDING_DEADLINE_DAYS };

/** @param environment where what makes no sense was told by another check */
export async function checkNamespace(temporal: Client, environment: Environment): Promise<Finding> {
  const namespace = temporal.options.namespace;
  const { config } = await temporal.workflowService.describeNamespace({ namespace });
  const kept = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_S;
  const found = `${namespace} keeps ended onboardings for ${days(kept)}`;
  const wanted = readEnvironmentInto([], COMPARED, environment);
  const update = `temporal operator namespace update --namespace ${namespace} --retention`;
  const { ONBOARDING_RETENTION_DAYS: most = kept, ONBOARDING_DEADLINE_DAYS: least = kept } =
    wanted ?? {};
  if (kept < least) {
    return warning(
      `${found}, and an onboarding may take ${days(least)}: a sign-up event that comes late starts anew, and ` +
        'who comes back is not known any more, nor that his identity check was paid for',
      `${update} ${least}d`,
    );
  }
  if (kept > most) {
    return warning(
      `${found}, longer than the ${days(most)} of ONBOARDING_RETENTION_DAYS: so long lies there what people ` +
        'told of themselves',
      `${update} ${most}d, or another ONBOARDING_RETENTION_DAYS`,
    );
  }
  return ok(found);
}

export function namespaceMissing(error: unknown, namespace: string): Finding {
  return failed(
    `namespace ${namespace} cannot be used: ${whyOf(error)}`,
    `If it is not there: temporal operator namespace create --namespace ${namespace} --retention 30d`,
    'If another one is meant: set TEMPORAL_NAMESPACE.',
  );
}

function days(count: number): string {
  const rounded = Math.round(count);
  return rounded === 1 ? '1 day' : `${rounded} days`;
}
