export { startDevServer, DevServerStartError, type DevServer } from './dev-server.ts';
export type { DevServerOptions } from './dev-server-options.ts';
export { BinaryNotFoundError } from './find-in-order.ts';
export { assertPortFree, freePort, PortTakenError } from './port.ts';
export type { Report } from './report.ts';
export { DevServerInUseError } from './state-claim.ts';
export { findTemporalCli } from './temporal-cli.ts';
export { findTestServer } from './test-server.ts';
