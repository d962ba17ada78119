/** The same configuration as the image of Temporal's server generates from the variables in docker-compose.yml. */
import type { Database } from './postgresql.ts';

interface Listening {
  readonly grpc: number;
  readonly membership: number;
}

export interface ServerPorts {
  readonly frontend: Listening;
  readonly history: Listening;
  readonly matching: Listening;
  readonly worker: Listening;
}

const LOOPBACK = '127.0.0.1';

/** @param dynamicConfig the path of the dynamic configuration */
export function serverConfiguration(
  ports: ServerPorts,
  database: Pick<Database, 'port' | 'user'>,
  dynamicConfig: string,
) {
  const store = (databaseName: string, connections: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${LOOPBACK}:${database.port}`,
      connectProtocol: 'tcp',
      user: database.user,
      password: database.user,
      maxConns: connections,
      maxIdleConns: connections,
      maxConnLifetime: '1h',
    },
  });
  const service = ({ grpc, membership }: Listening) => ({
    rpc: { grpcPort: grpc, membershipPort: membership, bindOnIP: LOOPBACK },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      numHistoryShards: 512,
      defaultStore: 'default',
      visibilityStore: 'visibility',
      datastores: {
        default: store('temporal', 20),
        visibility: store('temporal_visibility', 10),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: LOOPBACK } },
    services: {
      frontend: service(ports.frontend),
      history: service(ports.history),
      matching: service(ports.matching),
      worker: service(ports.worker),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${LOOPBACK}:${ports.frontend.grpc}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '60s' },
  };
}
