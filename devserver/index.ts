export {
  startDevServer,
  untilUnused,
  DevServerInUseError,
  DevServerStartError,
  type DevServer,
} from './dev-server.ts';
export type { DevServerOptions } from './dev-server-options.ts';
export { BinaryNotFoundError } from './find-in-order.ts';
export { lock, type Lock } from './lock.ts';
export { assertPortFree, freePort, PortTakenError } from './port.ts';
export { findTemporalCli } from './temporal-cli.ts';
export { findTestServer } from './test-server.ts';
