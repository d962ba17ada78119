export { startDevServer, DevServerStartError, type DevServer } from './dev-server.ts';
export type { DevServerOptions } from './dev-server-options.ts';
export { BinaryNotFoundError } from './find-in-order.ts';
export { clearLeftover } from './leftover.ts';
export { assertPortFree, freePort, PortTakenError } from './port.ts';
export { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
export { DevServerInUseError } from './state-claim.ts';
export { findTemporalCli } from './temporal-cli.ts';
export { findTestServer } from './test-server.ts';
