import type { Client } from '@temporalio/client';
import { GRPC, grpcCodeOf } from '../../client/temporal-call.ts';
import type { TemporalPlace } from '../connect.ts';
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
/** An onboarding may last weeks; what it came to should be there to read for some time after. */
const FEW_DAYS = 7;

export async function checkNamespace(temporal: Client): Promise<Finding> {
  const namespace = temporal.options.namespace;
  const { config } = await temporal.workflowService.describeNamespace({ namespace });
  const seconds = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  const found = `${namespace} keeps ended onboardings for ${days(seconds)}`;
  if (seconds >= FEW_DAYS * DAY_S) return ok(found);
  return warning(
    `${found}: after that, a repeated sign-up event starts anew`,
    `temporal operator namespace update --namespace ${namespace} --retention 30d`,
  );
}

export function namespaceMissing(error: unknown, namespace: string): Finding {
  return failed(
    `namespace ${namespace} cannot be used: ${whyOf(error)}`,
    `If it is not there: temporal operator namespace create --namespace ${namespace} --retention 30d`,
    'If another one is meant: set TEMPORAL_NAMESPACE.',
  );
}

function days(seconds: number): string {
  const count = Math.round(seconds / DAY_S);
  return count === 1 ? '1 day' : `${count} days`;
}
